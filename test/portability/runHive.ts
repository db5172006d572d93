import { startHive } from '../../scripts/bench/peers/hive/startHive.mjs';

// A process that serves the supergraph of the file named on the command line by Hive Gateway.
const { url } = await startHive(process.argv[2] ?? '');
console.log(`ready ${url}`);
