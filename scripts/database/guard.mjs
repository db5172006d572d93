// Runs a command and stops it as soon as nobody holds it any more, so that no database is left behind
// however its user ended, by kill -9 too:
//   node guard.mjs command [arguments]
// Plain JavaScript: it starts at once and needs no loader.
//
// Whoever spawned the guard holds it by its standard input; others hold it by a connection to its port.
// To each holder it says, a line of JSON each: `{ pid, port }` first, `{ released: true }` when the holder
// has closed its side and others remain, and `{ code, signal }` when the command has ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

const GRACE_MS = 10_000;

// Another name than "node": a `killall node` takes the holders, and the guard is needed just then.
process.title = 'database-guard';

const holders = new Set();
const server = createServer({ allowHalfOpen: true }, (socket) => hold(socket, socket));
server.listen(0, '127.0.0.1');
await once(server, 'listening');

// The command writes to the guard's standard error, which the spawner has pointed at a log.
const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 2, 2] });
let stopping = false;

function say(output, message) {
  return new Promise((resolve) => output.write(`${JSON.stringify(message)}\n`, resolve));
}

function hold(input, output) {
  if (stopping) return output.destroy(); // it knocked just too late
  holders.add(output);
  // A holder that was killed shows as an error here or there; its input closes all the same.
  output.on('error', () => {});
  input.on('error', () => {}).on('close', () => release(output));
  input.on('end', () => release(output)).resume();
  void say(output, { pid: child.pid, port: server.address().port });
}

function release(output) {
  if (holders.size === 1 && holders.has(output)) return stop();
  if (holders.delete(output)) void say(output, { released: true });
}

function stop() {
  if (stopping) return;
  stopping = true;
  server.close();
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
}

async function end(ending) {
  await Promise.all([...holders].map((output) => say(output, ending)));
  process.exit();
}

hold(process.stdin, process.stdout);
child.on('error', ({ message }) => void end({ error: message }));
child.on('exit', (code, signal) => void end({ code, signal }));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop);
