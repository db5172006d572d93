import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How much of the heap is held, in bytes, when what nobody holds any more is freed. */
export function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
