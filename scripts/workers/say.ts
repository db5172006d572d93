import cluster from 'node:cluster';

/** A line of what a service says of itself begins so when it is ready. */
export const READY = 'ready ';

/** Says a line on standard output. Workers tell it to their supervisor: they all have the same to say. */
export function say(line: string): void {
  if (cluster.isWorker) process.send?.({ said: line });
  else console.log(line);
}
