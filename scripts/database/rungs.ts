import { join } from 'node:path';
import { downloadedMongod } from './downloadedMongod.ts';
import { findOnPath } from './findOnPath.ts';
import { mongodServer } from './mongod.ts';
import { pythonEnvironment } from './pythonEnvironment.ts';
import type { Rung } from './Rung.ts';
import { secantusServer } from './secantus.ts';

const SECANTUS_PACKAGE = 'SecantusDB==0.7.0b3';

/**
 * The ladder below MONGODB_URI. A real mongod comes first, wherever it is from, because it is what the
 * product is made for; then SecantusDB, the fast make before the one that has to be installed.
 */
export const rungs: readonly Rung[] = [
  {
    name: 'mongod',
    remedy: 'install MongoDB so that mongod is on the PATH',
    prepare: async (folder) => mongodServer(await findOnPath('mongod'), folder),
  },
  {
    name: 'mongod of mongodb-memory-server',
    remedy: 'let this machine reach fastdl.mongodb.org once, or set MONGOMS_DOWNLOAD_MIRROR',
    prepare: async (folder, log) => mongodServer(await downloadedMongod(log), folder),
  },
  {
    name: 'secantusd-rs',
    remedy: 'cargo install secantus-mdb, so that secantusd-rs is on the PATH',
    prepare: async (folder) => {
      const command = await findOnPath('secantusd-rs');
      // Its log file is this big even when it is empty; the default is 128 MB.
      return secantusServer([command, '--log-file-max', '32MB'], folder, 'secantus-rs');
    },
  },
  {
    name: 'SecantusDB from PyPI',
    remedy: 'install Python 3.10 or later with its venv module, and let pip reach PyPI once',
    prepare: async (folder, log) => {
      const python = await pythonEnvironment(join(folder, 'python'), SECANTUS_PACKAGE, log);
      return secantusServer([python, '-m', 'secantus'], folder, 'secantus-py');
    },
  },
];
