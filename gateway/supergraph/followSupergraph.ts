import { createHash } from 'node:crypto';
import { watchContent, type WatchLog } from '../../subgraphs/shared/watchContent.ts';
import { keepLastGood, lastGoodFile } from './lastGoodSupergraph.ts';
import { readSupergraph, type Supergraph } from './readSupergraph.ts';

/** The supergraph that is served, for those who run the gateway. */
export interface SupergraphState {
  /** The first characters of the SHA-256 of its SDL. */
  version: string;
  servedSince: string;
  /** Why its file is not served as it stands now, if it is not. Strangers read it: only the log says where it is. */
  refused?: { at: string; reason: string };
}

export interface FollowedSupergraph {
  state(): SupergraphState;
  close(): void;
}

export interface FollowSettings {
  /** The file of the supergraph. */
  file: string;
  /** A folder for copies of good supergraphs. */
  lastGoodDir: string;
  /** Serves a supergraph, the first one or another; throws when it is no good, and leaves all as it was. */
  serve(supergraph: Supergraph): Promise<void> | void;
  log: WatchLog;
}

/** The version of a supergraph, as `/readyz` tells it. */
export const versionOf = ({ sdl }: Supergraph): string =>
  createHash('sha256').update(sdl).digest('hex').slice(0, 12);

/**
 * Serves what a file holds, and what it holds later, looked at twice a second. A file that is no good is
 * refused: the last good supergraph stays, and at the start it is the one of an earlier run.
 * Rejects when there is no good one at all.
 */
export async function followSupergraph({
  file,
  lastGoodDir,
  serve,
  log,
}: FollowSettings): Promise<FollowedSupergraph> {
  const copy = lastGoodFile(lastGoodDir, file);
  let served: Omit<SupergraphState, 'refused'> | undefined;
  let refused: SupergraphState['refused'];

  const serveFrom = async (source: string) => {
    const supergraph = await readSupergraph(source);
    await serve(supergraph);
    const version = versionOf(supergraph);
    if (served?.version !== version) served = { version, servedSince: new Date().toISOString() };
    return supergraph;
  };
  const serveLastGood = () =>
    serveFrom(copy).then(
      () => true,
      () => false,
    );

  const follow = async () => {
    try {
      const supergraph = await serveFrom(file);
      refused = undefined;
      await keepLastGood(copy, supergraph).catch((error: unknown) =>
        log.error({ file: copy, err: error }, 'the supergraph is served, but no copy can be kept'),
      );
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      refused = { at: new Date().toISOString(), reason: reason.replaceAll(file, 'its file') };
      if (served || !(await serveLastGood())) throw error;
      log.error({ file, reason }, 'the supergraph is no good: the last good one is served');
    }
  };

  // One after the other: the file as it is now must not be overtaken by what it was.
  let queue: Promise<void> = Promise.resolve();
  const inTurn = () => (queue = queue.then(follow, follow));
  const watched = await watchContent(file, inTurn, log);
  return {
    close: watched.close,
    state() {
      if (!served) throw new Error('no supergraph is served yet');
      return { ...served, ...(refused && { refused }) };
    },
  };
}
