import type { FastifyReply } from 'fastify';
import type { GraphQLError } from 'graphql';
import { isRecord } from '../isRecord.ts';

/** Sets the headers that errors ask for, as `refusal()` makes them, and gives the status: 400 where none asks for one. */
export function tellHttp(errors: readonly GraphQLError[], reply: FastifyReply): number {
  let status = 400;
  for (const { extensions } of errors) {
    const http = extensions['http'];
    if (!isRecord(http)) continue;
    if (typeof http['status'] === 'number') status = http['status'];
    if (http['headers'] instanceof Map) {
      for (const [name, value] of http['headers']) void reply.header(String(name), String(value));
    }
  }
  return status;
}
