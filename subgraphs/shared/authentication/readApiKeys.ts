import type { Viewer } from '../Viewer.ts';
import { idIn, matchesHash, stateOf, type ApiKey } from './ApiKey.ts';
import { readKeyFile } from './readKeyFile.ts';
import { Refused } from './Refused.ts';
import { watchContent, type WatchLog } from '../watchContent.ts';

/** The API keys that a server takes. */
export interface ApiKeys {
  /** Who shows this key. Throws `Refused` when it is unknown, expired or revoked. */
  recognize(text: string): Viewer;
  close(): void;
}

/** Reads API keys from `file`, and follows it: a key that is revoked there stops working within a second. */
export async function readApiKeys(file: string, log: WatchLog): Promise<ApiKeys> {
  const content = await watchContent(file, async (path) => byId(await readKeyFile(path)), log);
  return {
    close: content.close,
    recognize(text) {
      const known = content.current().get(idIn(text) ?? '');
      // A wrong secret is no nearer to a key than a wrong id.
      if (!known || !matchesHash(text, known.key.hash)) {
        throw new Refused(
          'This API key is unknown here: check that it was copied whole, or ask for a new one.',
        );
      }
      const { key, viewer } = known;
      const state = stateOf(key, Date.now());
      if (state === 'revoked') {
        throw new Refused(
          `The API key ${key.id} was revoked on ${key.revokedAt}: ask for a new one.`,
        );
      }
      if (state === 'expired') {
        throw new Refused(
          key.replacedBy === null
            ? `The API key ${key.id} expired on ${key.expiresAt}: ask for a new one.`
            : `The API key ${key.id} expired on ${key.expiresAt}: use ${key.replacedBy}, which took its place.`,
        );
      }
      return viewer;
    },
  };
}

function byId(keys: readonly ApiKey[]) {
  return new Map(
    keys.map((key) => {
      const { id, agency, roles, scopes } = key;
      const viewer: Viewer = { agency, roles, scopes, subject: `key:${id}` };
      return [id, { key, viewer }] as const;
    }),
  );
}
