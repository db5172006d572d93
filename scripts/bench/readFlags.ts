import { parseArgs } from 'node:util';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { sizes, type Size } from '../generate/sizes.ts';
import { databaseNames, operationNames, variantNames } from './names.ts';
import { flagError } from '../flagError.ts';

export const help = `Measures the product beside its peers, side by side in one run.

Usage: npm run bench -- [options]

  --size S|M          how much synthetic data (M)
  --seconds NUMBER    length of one measurement (1.5)
  --rounds NUMBER     measurements of each row, of which the median counts (3)
  --variants LIST     some of ${variantNames.join(',')}
  --operations LIST   some of ${operationNames.join(',')}
  --databases LIST    some of ${databaseNames.join(',')}
  --tables NUMBER     measures, instead of all that, the export of a table of so many rows in each format
  --json FILE         write all figures there
  --svg FILE          write the chart there
  --help              this text

Peers are installed on first use, into scripts/bench/peers. The data are made on first use as well, in
DATA_DIR (.data/bench), and stay there.`;

const hint = ['See npm run bench -- --help.'];
const sizeNames = ['S', 'M'] as const;

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        size: { type: 'string', default: 'M' },
        seconds: { type: 'string', default: '1.5' },
        rounds: { type: 'string', default: '3' },
        variants: { type: 'string' },
        operations: { type: 'string' },
        databases: { type: 'string' },
        tables: { type: 'string' },
        json: { type: 'string' },
        svg: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UserError(flagError(error), hint);
  }
}

/** The names of a list with commas, in the order of `all`; all of them when there is no list. */
function readNames<const TName extends string>(
  flag: string,
  given: string | undefined,
  all: readonly TName[],
): TName[] {
  if (given === undefined) return [...all];
  const names = given.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !all.some((each) => each === name));
  if (unknown !== undefined) {
    throw new UserError(`--${flag} takes some of ${all.join(', ')}; got "${unknown}".`, hint);
  }
  return all.filter((name) => names.includes(name));
}

function readNumber(flag: string, given: string, isGood: (value: number) => boolean, what: string) {
  const value = Number(given);
  if (!/^\d+(\.\d+)?$/.test(given) || !isGood(value)) {
    throw new UserError(`--${flag} must be ${what}; got "${given}".`, hint);
  }
  return value;
}

/** Reads the flags of the command line. Throws a UserError when they are wrong. */
export function readFlags(args: string[]) {
  const given = parse(args);
  const size: Size | undefined = sizeNames
    .filter((name) => name === given.size)
    .map((name) => sizes[name])[0];
  if (!size) throw new UserError(`--size must be S or M; got "${given.size}".`, hint);
  return {
    help: given.help,
    size,
    seconds: readNumber(
      'seconds',
      given.seconds,
      (value) => value > 0 && value <= 600,
      'a number above 0, of at most 600',
    ),
    rounds: readNumber(
      'rounds',
      given.rounds,
      (value) => Number.isInteger(value) && value >= 1 && value <= 99,
      'a whole number from 1 to 99',
    ),
    variants: readNames('variants', given.variants, variantNames),
    operations: readNames('operations', given.operations, operationNames),
    databases: readNames('databases', given.databases, databaseNames),
    tables:
      given.tables === undefined
        ? undefined
        : readNumber(
            'tables',
            given.tables,
            (value) => Number.isInteger(value) && value >= 1 && value <= 1e8,
            'a whole number from 1 to 100000000',
          ),
    json: given.json,
    svg: given.svg,
  };
}

export type Flags = ReturnType<typeof readFlags>;
