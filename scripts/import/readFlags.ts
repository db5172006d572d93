import { parseArgs } from 'node:util';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { flagError } from '../flagError.ts';

/** What `npm run import` is asked to do. */
export interface Task {
  file: string;
  kind: string;
  agencyId: string;
  url: string;
  key: string | undefined;
  refusedFile: string | undefined;
  reportFile: string | undefined;
  batch: number;
  waitMs: number;
  dryRun: boolean;
  restart: boolean;
  json: boolean;
}

const MOST_ROWS = 200;

export const usage = [
  'npm run import -- --file FILE.csv|FILE.ndjson --kind KIND --agency ID [flags]',
  '',
  '  --kind KIND      organization, source, campaign, activity, participation, model, outcome or recognition',
  '  --agency ID      the organization that the rows are from, such as org-cong-an-tinh-thai-binh',
  '  --url URL        the gateway, or one subgraph (http://127.0.0.1:4000/graphql)',
  '  --key KEY        the API key of the agency; better in ANTQ_KEY, where other users do not see it',
  '  --dry-run        say what would be refused, write nothing',
  '  --refused FILE   where refused rows go (FILE.refused.csv or .ndjson)',
  '  --report FILE    what came of each row, as NDJSON',
  '  --batch N        rows in one request, 1 to 200 (100)',
  '  --wait SECONDS   how long to wait for a server that is away (60)',
  '  --restart        begin anew, although an earlier run was broken off',
  '  --json           print the summary as JSON',
  '',
  'Exit codes: 0 all rows are there, 1 some were refused, 2 wrong usage, 3 it could not go on.',
];

function parse(args: string[]) {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    return parseArgs({
      args,
      options: {
        file: text,
        kind: text,
        agency: text,
        url: text,
        key: text,
        refused: text,
        report: text,
        batch: text,
        wait: text,
        'dry-run': flag,
        restart: flag,
        json: flag,
        help: flag,
      },
    }).values;
  } catch (error) {
    throw new UserError(flagError(error), usage);
  }
}

const required = (flag: string, value: string | undefined): string => {
  if (value) return value;
  throw new UserError(`--${flag} is missing.`, usage);
};

function wholeNumber(flag: string, value: string, from: number, to: number): number {
  const number = /^\d{1,6}$/.test(value) ? Number(value) : NaN;
  if (number >= from && number <= to) return number;
  throw new UserError(`--${flag} must be a number from ${from} to ${to}; got "${value}".`, usage);
}

function address(value: string): string {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value;
  throw new UserError(`--url must be an address such as http://host:4000/graphql; got "${value}".`);
}

/** Reads the command line; null when help is asked for. Throws a UserError that shows the usage when it is wrong. */
export function readFlags(args: string[], env: NodeJS.ProcessEnv): Task | null {
  const flags = parse(args);
  if (flags.help) return null;
  return {
    file: required('file', flags.file),
    kind: required('kind', flags.kind),
    agencyId: required('agency', flags.agency),
    url: address(flags.url ?? 'http://127.0.0.1:4000/graphql'),
    key: flags.key || env['ANTQ_KEY'] || undefined,
    refusedFile: flags.refused,
    reportFile: flags.report,
    batch: wholeNumber('batch', flags.batch ?? '100', 1, MOST_ROWS),
    waitMs: 1_000 * wholeNumber('wait', flags.wait ?? '60', 0, 86_400),
    dryRun: flags['dry-run'] ?? false,
    restart: flags.restart ?? false,
    json: flags.json ?? false,
  };
}
