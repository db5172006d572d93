import { UserError } from '../subgraphs/shared/UserError.ts';
import { describeTally } from './import/createMeter.ts';
import { importFile, type Summary } from './import/importFile.ts';
import { readFlags, usage } from './import/readFlags.ts';
import { describeError } from './import/Row.ts';
import { describe, runMain } from './runMain.ts';

const ALL_THERE = 0;
const SOME_REFUSED = 1;
const WRONG_USAGE = 2;
const COULD_NOT_GO_ON = 3;

const MOST_REASONS = 20;

function linesOf(summary: Summary): string[] {
  const { dryRun, reasons, refusedFile, reportFile, stopped } = summary;
  const shown = reasons.slice(0, MOST_REASONS);
  return [
    describeTally(summary, dryRun),
    ...shown.map(
      (reason) => `  ${reason.rows} × ${describeError(reason)}, first in line ${reason.firstLine}`,
    ),
    ...(reasons.length > shown.length ? ['  … and others: see --report'] : []),
    ...(refusedFile ? [`refused rows: mend ${refusedFile} and send it in turn`] : []),
    ...(reportFile ? [`what came of each row: ${reportFile}`] : []),
    ...(stopped === null ? [] : [`It could not go on: ${stopped}.`]),
    ...(stopped === null || dryRun
      ? []
      : ['Run the same command again: it goes on where it was, and writes nothing twice.']),
  ];
}

/** `npm run import`: sends a file of records to the graph. */
async function main(): Promise<number> {
  const task = readFlags(process.argv.slice(2), process.env);
  if (!task) {
    console.log(usage.join('\n'));
    return ALL_THERE;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // A terminal's signal also comes from npm: the second changes nothing.
    process.on(signal, () => stop.abort());
  }
  const summary = await importFile(task, {
    log: (line) => console.error(line),
    signal: stop.signal,
  });
  console.log(task.json ? JSON.stringify(summary, null, 2) : linesOf(summary).join('\n'));
  if (!summary.isWhole) return COULD_NOT_GO_ON;
  return summary.refused ? SOME_REFUSED : ALL_THERE;
}

await runMain(async () => {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof UserError ? describe(error) : error);
    process.exitCode = error instanceof UserError ? WRONG_USAGE : COULD_NOT_GO_ON;
  }
});
