import type { Log } from './Rung.ts';
import { whyUnreachable } from './localPorts.ts';

const REACHABLE_WITHIN_MS = 4_000;

/**
 * The path of a mongod that mongodb-memory-server has cached, or else downloads into its usual cache.
 * Its settings (MONGOMS_VERSION, MONGOMS_DOWNLOAD_MIRROR, MONGOMS_RUNTIME_DOWNLOAD …) are honoured.
 * @throws when there is none for this system, or it can't be downloaded; without a network within seconds.
 */
export async function downloadedMongod(log: Log): Promise<string> {
  // Loaded here because it takes its time, and most starts never come so far down or need only the path.
  const { DryMongoBinary, MongoBinary } = await import('mongodb-memory-server-core');
  const options = await DryMongoBinary.generateOptions();
  const cached = await DryMongoBinary.locateBinary(options);
  if (cached) return cached;

  const { envToBool, resolveConfig, ResolveConfigVariables } =
    await import('mongodb-memory-server-core/lib/util/resolveConfig.js');
  if (!envToBool(resolveConfig(ResolveConfigVariables.RUNTIME_DOWNLOAD))) {
    throw new Error('none is cached, and MONGOMS_RUNTIME_DOWNLOAD forbids to download one');
  }

  const { MongoBinaryDownloadUrl } =
    await import('mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl.js');
  const url = new URL(await new MongoBinaryDownloadUrl(options).getDownloadUrl());
  const problem = usesProxy()
    ? null
    : await whyUnreachable(url.hostname, Number(url.port || 443), REACHABLE_WITHIN_MS);
  if (problem) throw new Error(`it can't be downloaded: ${problem}`);

  log(`downloading mongod ${options.version} into ${options.downloadDir} (once)`);
  // The library checks the server's certificate only if npm's own setting says so.
  process.env['npm_config_strict_ssl'] ??= 'true';
  return await MongoBinary.getPath();
}

/** With a proxy, the name of the download server need not be known on this machine. */
function usesProxy(): boolean {
  return Object.keys(process.env).some((name) => /^(npm_config_)?https?[_-]proxy$/i.test(name));
}
