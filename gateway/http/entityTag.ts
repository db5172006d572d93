import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** The `ETag` of what is sent: another one whenever that is. */
export const entityTag = (payload: string | Uint8Array): string =>
  `"${createHash('sha256').update(payload).digest('base64url')}"`;

/** Whether a client says that it has what has this tag. */
export function isKnown(tag: string, { headers }: FastifyRequest): boolean {
  const tags = (headers['if-none-match'] ?? '').split(',').map((each) => each.trim());
  return tags.some((each) => each === '*' || each.replace(/^W\//, '') === tag);
}
