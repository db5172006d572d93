import { UserError } from '../subgraphs/shared/UserError.ts';
import { UsageError } from './UsageError.ts';

/**
 * Runs a script's main function. When it fails, the process ends with exit code 1, or 2 when it was
 * called wrongly: at once, because what the script had started holds pipes that would keep it alive, and stops
 * once they are gone.
 * A UserError is printed plainly, any other error with its stack.
 */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof UserError ? describe(error) : error);
    process.exit(error instanceof UsageError ? 2 : 1);
  }
}

/** A UserError as people are to read it. */
export function describe({ message, hints }: UserError): string {
  return [`error: ${message}`, ...hints.map((hint) => `  ${hint}`)].join('\n');
}
