import { parseArgs, type ParseArgsConfig } from 'node:util';
import { runMain } from './runMain.ts';
import { UsageError } from './UsageError.ts';
import { flagError } from './flagError.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<TOptions extends Options> = ReturnType<
  typeof parseArgs<{ options: TOptions; allowPositionals: true }>
>;

export interface Command<TOptions extends Options> {
  /** What `--help` prints. */
  help: string;
  options: TOptions;
  /** What each word that is no flag is called, in their order; none may be left out. */
  words?: readonly string[];
  /** Does it; whether all is good. */
  run(flags: Parsed<TOptions>['values'], words: string[]): Promise<boolean>;
}

/**
 * Runs a command to its end, and ends the process: exit code 0 when all is good, 1 when it is not, 2 when it
 * was called wrongly.
 */
export function runCommand<const TOptions extends Options>({
  help,
  options,
  words = [],
  run,
}: Command<TOptions>): Promise<void> {
  return runMain(async () => {
    const { flags, given } = readCommandLine({ help, options, words });
    const isGood = await run(flags, given);
    process.exit(isGood ? 0 : 1);
  });
}

/**
 * Reads the flags and words of a command; `--help` is answered, and ends the process.
 * @throws UsageError when there is something else, or too much or too little of it.
 */
export function readCommandLine<const TOptions extends Options>({
  help,
  options,
  words = [],
}: Omit<Command<TOptions>, 'run'>): { flags: Parsed<TOptions>['values']; given: string[] } {
  if (process.argv.includes('--help')) {
    console.log(help);
    process.exit(0);
  }
  const { values, positionals } = parse(options);
  if (positionals.length !== words.length) {
    const wanted = words.length ? words.join(' ') : 'no words beside its flags';
    throw new UsageError(`this takes ${wanted}, got "${positionals.join(' ')}": see --help`);
  }
  return { flags: values, given: positionals };
}

function parse<TOptions extends Options>(options: TOptions): Parsed<TOptions> {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${flagError(error)}: see --help`, [], { cause: error });
  }
}

/** The value of a flag that must be given. */
export function required(value: string | undefined, flag: string): string {
  if (value) return value;
  throw new UsageError(`${flag} is missing: see --help`);
}

/** A flag that is a whole number; `preset` when it is not given. */
export function wholeNumberFlag(value: string | undefined, flag: string, preset: number): number {
  if (value === undefined) return preset;
  if (/^\d{1,6}$/.test(value)) return Number(value);
  throw new UsageError(`${flag} must be a whole number, got "${value}"`);
}
