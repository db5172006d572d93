import { writeFile } from 'node:fs/promises';
import { runMain } from './runMain.ts';
import { help, readFlags } from './bench/readFlags.ts';
import { installPeer } from './bench/installPeer.ts';
import { measureTables } from './bench/measureTables.ts';
import { prepareData } from './bench/prepareData.ts';
import { drawChart } from './bench/report/drawChart.ts';
import { judge, writeVerdicts } from './bench/report/judge.ts';
import { writeTable, writeTables } from './bench/report/writeTable.ts';
import { runBench } from './bench/runBench.ts';

const monoliths = ['yoga', 'mercurius-jit'];

/** `npm run bench`: the product beside its peers, side by side in one run. */
async function main(): Promise<void> {
  const flags = readFlags(process.argv.slice(2));
  if (flags.help) {
    console.log(help);
    return;
  }
  // The result alone goes to standard output.
  const log = console.error;
  if (flags.tables !== undefined) {
    const tables = await measureTables(flags.tables, log);
    if (flags.json) await writeFile(flags.json, `${JSON.stringify({ tables }, null, 2)}\n`);
    console.log(writeTables(tables));
    return;
  }
  if (flags.variants.includes('hive')) await installPeer('hive', log);
  if (flags.variants.some((name) => monoliths.includes(name))) await installPeer('monoliths', log);
  const data = await prepareData(flags.size, log);
  const result = await runBench(flags, data, log);
  await data.database.close();
  if (flags.json) await writeFile(flags.json, `${JSON.stringify(result, null, 2)}\n`);
  if (flags.svg) await writeFile(flags.svg, drawChart(result));
  console.log(`${writeTable(result)}\n\n${writeVerdicts(judge(result))}`);
}

await runMain(main);
