import { readFile } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';
import type { Machine } from '../Row.ts';

const root = new URL('../../../', import.meta.url);

const packages = {
  '@apollo/gateway': root,
  '@apollo/server': root,
  '@graphql-hive/gateway-runtime': new URL('scripts/bench/peers/hive/', root),
  'graphql-yoga': new URL('scripts/bench/peers/', root),
  mercurius: new URL('scripts/bench/peers/', root),
  'graphql-jit': new URL('scripts/bench/peers/', root),
  graphql: root,
  mongoose: root,
};

export function describeMachine(database: string): Machine {
  const [cpu] = cpus();
  return {
    cpu: cpu?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.versions.node,
    database,
    measuredOn: new Date().toISOString().slice(0, 10),
  };
}

async function versionAt(file: URL): Promise<string> {
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
  return version;
}

/** The versions of the product and of all that it is measured with; those that are not there are left out. */
export async function readVersions(): Promise<Record<string, string>> {
  const versions = await Promise.all(
    Object.entries(packages).map(async ([name, folder]) => {
      const file = new URL(`node_modules/${name}/package.json`, folder);
      return [name, await versionAt(file).catch(() => '')] as const;
    }),
  );
  return {
    'antq-graph': await versionAt(new URL('package.json', root)),
    ...Object.fromEntries(versions.filter(([, version]) => version)),
  };
}
