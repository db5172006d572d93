import type { FastifyRequest } from 'fastify';
import { isLoopback } from '../rates/addressGroup.ts';

/** Headers that only proxies send. */
const OF_PROXIES = ['forwarded', 'via', 'x-real-ip', 'x-forwarded-for', 'x-forwarded-host'];
const PROXIED = [...OF_PROXIES, 'x-forwarded-proto', 'x-forwarded-port', 'x-forwarded-server'];

/**
 * Whether a request was sent on this machine by whoever reads the answer. That a proxy on this machine passes on what
 * strangers send shows in headers; that a page in a browser on this machine does, in the name of the host.
 */
export function isFromHere({ raw, headers, hostname }: FastifyRequest): boolean {
  return (
    isLoopback(raw.socket.remoteAddress ?? '') &&
    PROXIED.every((name) => headers[name] === undefined) &&
    (hostname === 'localhost' || hostname === '[::1]' || isLoopback(hostname))
  );
}
