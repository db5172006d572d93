import { installPeer } from '../../scripts/bench/installPeer.ts';

/** Installs Hive Gateway in its own folder, unless it is there. */
export const setup = (): Promise<void> => installPeer('hive', console.log);
