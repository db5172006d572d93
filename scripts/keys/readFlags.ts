import { parseArgs } from 'node:util';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import type { KeyRights } from './changes.ts';
import { flagError } from '../flagError.ts';

/** What `npm run keys` is asked to do. */
export type Task = { json: boolean } & (
  | { command: 'create'; rights: KeyRights; lifetimeMs: number | null }
  | { command: 'list' }
  | { command: 'revoke'; id: string }
  | { command: 'rotate'; id: string; overlapMs: number }
  | { command: 'help' }
);

export const usage = [
  'npm run keys -- create --agency ID [--role R]... [--scope S]... [--expires-in 365d|never]',
  '                                      make a key for an organization; it is shown this once',
  'npm run keys -- list                  all keys, without their secrets',
  'npm run keys -- rotate ID [--overlap 24h]   make its successor; both work for so long',
  'npm run keys -- revoke ID             end it at once, wherever it is used',
  '',
  'Roles are editor and administrator; scopes are such as campaigns:write, audit:read, or * for all.',
  'Each command takes --json. Keys are kept in KEYS_FILE (.data/keys.json).',
];

const units: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const LONGEST_MS = 3_650 * 86_400_000;

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        agency: { type: 'string' },
        role: { type: 'string', multiple: true },
        scope: { type: 'string', multiple: true },
        'expires-in': { type: 'string' },
        overlap: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UserError(flagError(error), usage);
  }
}

/** Which flags each command knows, and whether it is about one key. */
const commands: Record<string, { flags: readonly string[]; ofOne?: boolean }> = {
  create: { flags: ['agency', 'role', 'scope', 'expires-in'] },
  list: { flags: [] },
  revoke: { flags: [], ofOne: true },
  rotate: { flags: ['overlap'], ofOne: true },
};

/** Reads the command line. Throws a UserError that shows the usage when it is wrong. */
export function readFlags(args: string[]): Task {
  const { values, positionals } = parse(args);
  const { json = false, help, ...flags } = values;
  const [command = '', id = '', ...others] = positionals;
  if (help) return { command: 'help', json };
  const known = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!known) throw new UserError('say what to do: create, list, rotate or revoke.', usage);
  const stray = Object.keys(flags).find((flag) => !known.flags.includes(flag));
  if (stray) throw new UserError(`${command} takes no --${stray}.`, usage);
  if (others.length || (id && !known.ofOne)) {
    throw new UserError(`${command} does not know what to do with "${others[0] ?? id}".`, usage);
  }
  if (known.ofOne && !id) throw new UserError(`say which key to ${command}, by its id.`, usage);

  switch (command) {
    case 'create':
      return {
        command,
        json,
        rights: readRights(flags),
        lifetimeMs:
          flags['expires-in'] === 'never'
            ? null
            : duration('expires-in', flags['expires-in'] ?? '365d'),
      };
    case 'rotate':
      return { command, json, id, overlapMs: duration('overlap', flags.overlap ?? '24h') };
    case 'revoke':
      return { command, json, id };
    default:
      return { command: 'list', json };
  }
}

function readRights(flags: { agency?: string; role?: string[]; scope?: string[] }): KeyRights {
  const { agency, role = [], scope = [] } = flags;
  if (agency === undefined) {
    throw new UserError(
      '--agency is missing: the id of an organization, such as org-bo-cong-an.',
      usage,
    );
  }
  if (!/^[a-z0-9][a-z0-9-]{0,199}$/.test(agency)) {
    throw new UserError(`--agency must be the id of an organization; got "${agency}".`, usage);
  }
  const wrong = [...role, ...scope].find((name) => !/^[\w.:*-]{1,100}$/.test(name));
  if (wrong !== undefined) {
    throw new UserError(
      `a role or scope is one word of letters, digits and . : _ - (or *); got "${wrong}".`,
      usage,
    );
  }
  return { agency, roles: [...new Set(role)], scopes: [...new Set(scope)] };
}

function duration(flag: string, text: string): number {
  const [, count, unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const ms = Number(count) * (units[unit] ?? NaN);
  if (ms >= 0 && ms <= LONGEST_MS) return ms;
  throw new UserError(
    `--${flag} must be a number with s, m, h or d, up to 3650d${flag === 'expires-in' ? ', or never' : ''}; got "${text}".`,
    usage,
  );
}
