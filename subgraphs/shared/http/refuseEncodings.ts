import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerUnreadable } from './httpFaults.ts';

/** Refuses bodies that are compressed or not UTF-8, before they are read as if they were neither. */
export async function refuseEncodings(
  { headers }: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== 'identity') {
    return answerUnreadable(reply, 'Compressed bodies are not read here: send it as it is.');
  }
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset)) {
    return answerUnreadable(
      reply,
      'Send the body in UTF-8: it is the only character set read here.',
    );
  }
  return undefined;
}
