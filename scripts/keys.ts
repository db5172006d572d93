import { z } from 'zod';
import { stateOf, type ApiKey } from '../subgraphs/shared/authentication/ApiKey.ts';
import { authenticationSettings } from '../subgraphs/shared/authentication/authenticationSettings.ts';
import { readKeyFile } from '../subgraphs/shared/authentication/readKeyFile.ts';
import { readSettings } from '../subgraphs/shared/settings.ts';
import { changeKeyFile } from './keys/changeKeyFile.ts';
import { createKey, revokeKey, rotateKey } from './keys/changes.ts';
import { readFlags, usage } from './keys/readFlags.ts';
import { runMain } from './runMain.ts';

/** What people and programs are told of a key: never its hash. */
function publicPart(key: ApiKey) {
  const { hash: _hash, ...shown } = key;
  return { ...shown, state: stateOf(key, Date.now()) };
}

const line = (key: ApiKey) => {
  const { id, state, agency, roles, scopes, expiresAt } = publicPart(key);
  const rights = [...roles, ...scopes].join(' ') || 'reading only';
  return `${id}  ${state.padEnd(8)}  until ${expiresAt ?? 'it is revoked'}  ${agency}  ${rights}`;
};

/** `npm run keys`: makes, shows and ends the API keys in KEYS_FILE. Servers that run take note by themselves. */
async function main(): Promise<void> {
  const task = readFlags(process.argv.slice(2));
  const { KEYS_FILE: file } = readSettings(
    z.object({ KEYS_FILE: authenticationSettings.KEYS_FILE }),
    process.env,
  );
  const print = (content: unknown, lines: readonly string[]) =>
    console.log(task.json ? JSON.stringify(content, null, 2) : lines.join('\n'));

  switch (task.command) {
    case 'help':
      return print(usage, usage);
    case 'list': {
      const keys = await readKeyFile(file);
      return print(
        keys.map(publicPart),
        keys.length ? keys.map(line) : [`there are no keys in ${file}`],
      );
    }
    case 'create':
    case 'rotate': {
      const { key, text } = await changeKeyFile(file, (keys) =>
        task.command === 'create'
          ? createKey(keys, task.rights, task.lifetimeMs)
          : rotateKey(keys, task.id, task.overlapMs),
      );
      return print({ ...publicPart(key), key: text }, [
        text,
        'This is the only time that the key is shown: keep it where you keep passwords.',
        `Send it as "Authorization: Bearer ${text.slice(0, 16)}…". ${line(key)}`,
      ]);
    }
    case 'revoke': {
      const key = await changeKeyFile(file, (keys) => revokeKey(keys, task.id));
      return print(publicPart(key), [`the key ${key.id} of ${key.agency} is revoked`]);
    }
  }
}

await runMain(main);
