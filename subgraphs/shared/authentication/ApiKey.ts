import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const time = z.iso.datetime();
const names = z.array(z.string().regex(/^\S{1,100}$/));

/** What is kept of an API key: everything but its secret. */
export const apiKey = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{10}$/),
  /** The organization that it acts for. */
  agency: z.string().regex(/^[a-z0-9][a-z0-9-]{0,199}$/),
  roles: names,
  scopes: names,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: time,
  /** Null for a key that lives until it is revoked. */
  expiresAt: time.nullable(),
  revokedAt: time.nullable(),
  /** The id of the key that takes its place. */
  replacedBy: z.string().nullable(),
});

export type ApiKey = z.output<typeof apiKey>;

const FORM = /^antq_([0-9a-f]{10})_[A-Za-z0-9_-]{43}$/;

/** How keys begin, so that a secret scanner, or a person, knows one by sight. */
export const KEY_PREFIX = 'antq_';

/** A new key: the text that its holder gets to see once, and what is kept of it. */
export function createSecret(): { id: string; text: string; hash: string } {
  const id = randomBytes(5).toString('hex');
  const text = `${KEY_PREFIX}${id}_${randomBytes(32).toString('base64url')}`;
  return { id, text, hash: digest(text).toString('hex') };
}

/** The id in the text of a key; undefined when it is not of the form of a key. */
export const idIn = (text: string): string | undefined => FORM.exec(text)?.[1];

/** Whether `text` is the key that `hash` was made of, in a time that tells nothing of how near it is. */
export function matchesHash(text: string, hash: string): boolean {
  return timingSafeEqual(digest(text), Buffer.from(hash, 'hex'));
}

// Slow hashes protect what people choose. Of 256 random bits nobody can try out more than a trace, however fast.
const digest = (text: string) => createHash('sha256').update(text).digest();

/** What has become of a key. */
export type KeyState = 'active' | 'replaced' | 'expired' | 'revoked';

/** The state of a key at a time: a replaced one still works until it expires. */
export function stateOf({ revokedAt, expiresAt, replacedBy }: ApiKey, now: number): KeyState {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt !== null && Date.parse(expiresAt) <= now) return 'expired';
  return replacedBy === null ? 'active' : 'replaced';
}
