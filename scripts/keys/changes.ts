import {
  createSecret,
  stateOf,
  type ApiKey,
} from '../../subgraphs/shared/authentication/ApiKey.ts';
import { UserError } from '../../subgraphs/shared/UserError.ts';

/** What a key is made for. */
export interface KeyRights {
  agency: string;
  roles: string[];
  scopes: string[];
}

/** The keys after a change, and the new key with its text: the only time that it is there to be seen. */
export interface Issued {
  keys: readonly ApiKey[];
  result: { key: ApiKey; text: string };
}

/** Adds a key that lives for `lifetimeMs`, or until it is revoked. */
export function createKey(
  keys: readonly ApiKey[],
  rights: KeyRights,
  lifetimeMs: number | null,
): Issued {
  const { hash, id, text } = createSecret();
  const now = Date.now();
  const key: ApiKey = {
    id,
    ...rights,
    hash,
    createdAt: new Date(now).toISOString(),
    expiresAt: lifetimeMs === null ? null : new Date(now + lifetimeMs).toISOString(),
    revokedAt: null,
    replacedBy: null,
  };
  return { keys: [...keys, key], result: { key, text } };
}

/**
 * Adds a key that takes the place of another, with its rights and its span of life. The old one works on for
 * `overlapMs`, so that whoever uses it can change over while both do.
 * @throws UserError when there is no such key, or it no longer works.
 */
export function rotateKey(keys: readonly ApiKey[], id: string, overlapMs: number): Issued {
  const old = find(keys, id);
  const state = stateOf(old, Date.now());
  if (state !== 'active') {
    throw new UserError(
      state === 'replaced'
        ? `the key ${id} has been replaced by ${old.replacedBy}: rotate that one`
        : `the key ${id} is ${state}: make a new one with "npm run keys -- create"`,
    );
  }
  const lifetimeMs =
    old.expiresAt === null ? null : Date.parse(old.expiresAt) - Date.parse(old.createdAt);
  const { agency, roles, scopes } = old;
  const issued = createKey(keys, { agency, roles, scopes }, lifetimeMs);
  const end = Date.now() + overlapMs;
  const expires = old.expiresAt === null ? end : Math.min(end, Date.parse(old.expiresAt));
  const replaced = {
    ...old,
    expiresAt: new Date(expires).toISOString(),
    replacedBy: issued.result.key.id,
  };
  return { ...issued, keys: issued.keys.map((key) => (key === old ? replaced : key)) };
}

/**
 * Ends a key at once.
 * @throws UserError when there is no such key, or it was revoked before.
 */
export function revokeKey(keys: readonly ApiKey[], id: string) {
  const old = find(keys, id);
  if (old.revokedAt !== null) {
    throw new UserError(`the key ${id} was revoked already, on ${old.revokedAt}`);
  }
  const revoked = { ...old, revokedAt: new Date().toISOString() };
  return { keys: keys.map((key) => (key === old ? revoked : key)), result: revoked };
}

function find(keys: readonly ApiKey[], id: string): ApiKey {
  const key = keys.find((each) => each.id === id);
  if (key) return key;
  throw new UserError(`there is no key ${id}: "npm run keys -- list" shows all`);
}
