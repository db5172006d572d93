// node .ci/build-tree.mjs FOLDER
// Does in a folder what the stage "build" of the Dockerfile does in an image: copies what it copies, runs what it runs.
import { execSync } from 'node:child_process';
import { chownSync, cpSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = process.argv[2];
if (!folder) throw new Error('say which folder to make');
mkdirSync(folder, { recursive: true });
const dockerfile = readFileSync('Dockerfile', 'utf8').replaceAll('\\\n', ' ');
const stage = (name) =>
  dockerfile.split(/^FROM /m).find((each) => each.split('\n')[0]?.endsWith(name)) ?? '';
const [last] = dockerfile.split(/^FROM /m).slice(-1);

for (const line of stage(' AS build').split('\n')) {
  const [, instruction, rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
  if (instruction === 'COPY') {
    const paths = rest.split(' ');
    const target = paths.pop();
    for (const path of paths) {
      cpSync(
        path,
        target.endsWith('/') ? join(folder, target, basename(path)) : join(folder, target),
        {
          recursive: true,
          // As .dockerignore says.
          filter: (each) => !each.includes('bench/peers'),
        },
      );
    }
  } else if (instruction === 'RUN') {
    console.log(`RUN ${rest}`);
    execSync(rest, { cwd: folder, stdio: 'inherit' });
  } else if (instruction) {
    throw new Error(`the Dockerfile has an instruction that is not known here: ${line}`);
  }
}
const [uid, gid] = (/^USER (.+)$/m.exec(last)?.[1] ?? '').split(':').map(Number);
mkdirSync(join(folder, '.data'), { recursive: true });
if (process.getuid?.() === 0) chownSync(join(folder, '.data'), uid, gid);
execSync(`chmod -R a+rX ${JSON.stringify(folder)}`);
