import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/** Lets pages of `origins` read answers, `*` standing for all; never with cookies or other credentials. */
export async function addCors(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await app.register(cors, {
    origin: origins.includes('*') ? '*' : [...origins],
    methods: ['GET', 'POST'],
    credentials: false,
    maxAge: 600,
  });
}
