import { parseArgs } from 'node:util';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { sizes, type Size } from './sizes.ts';

/** What `npm run generate` is asked to do. */
export type Task = { remove: true } | { remove: false; size: Size; seed: number };

const usage = [
  'npm run generate -- --size S|M|L [--seed N]   make synthetic data; N is 1 unless given',
  'npm run generate -- --remove                  take all synthetic data away again',
];

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        size: { type: 'string' },
        seed: { type: 'string' },
        remove: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UserError(error instanceof Error ? error.message : String(error), usage);
  }
}

const isSize = (name: string): name is keyof typeof sizes => Object.hasOwn(sizes, name);

/** Reads the flags of the command line. Throws a UserError that shows the usage when they are wrong. */
export function readFlags(args: string[]): Task {
  const { size, seed = '1', remove } = parse(args);
  if (remove) {
    if (size !== undefined || args.length > 1) {
      throw new UserError('--remove takes everything away; it goes with no other flag.', usage);
    }
    return { remove };
  }
  if (size === undefined) throw new UserError('--size is missing.', usage);
  if (!isSize(size)) throw new UserError(`--size must be S, M or L; got "${size}".`, usage);
  if (!/^\d{1,9}$/.test(seed)) {
    throw new UserError(`--seed must be a whole number of up to 9 digits; got "${seed}".`, usage);
  }
  return { remove: false, size: sizes[size], seed: Number(seed) };
}
