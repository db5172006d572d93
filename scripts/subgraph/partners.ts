import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../subgraphs/shared/UserError.ts';
import { UsageError } from '../UsageError.ts';
import { writeWhole } from '../../subgraphs/shared/writeWhole.ts';

/** A subgraph of somebody else that is part of the graph. */
export interface Partner {
  name: string;
  url: string;
  sdl: string;
}

const firstLine = /^# url: (\S+)\n/;

/** The partners in a folder, by name: each a file `<name>.graphql` whose first line says where it runs. */
export async function readPartners(folder: string): Promise<Partner[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.graphql')).sort();
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8');
      const [line = '', url] = firstLine.exec(text) ?? [];
      if (!url) {
        throw new UserError(`${join(folder, file)} does not begin with a line such as
  # url: http://127.0.0.1:4010/graphql`);
      }
      return { name: file.slice(0, -'.graphql'.length), url, sdl: text.slice(line.length) };
    }),
  );
}

const fileOf = (folder: string, name: string) => join(folder, `${name}.graphql`);

/**
 * Puts a partner into the folder, in the place of the one of that name, which is kept.
 * @returns how to put that one back, when there is one.
 */
export async function writePartner(
  folder: string,
  { name, url, sdl }: Partner,
): Promise<string | undefined> {
  const before = (await readPartners(folder)).find((each) => each.name === name);
  if (before) await rename(fileOf(folder, name), previousOf(folder, name));
  await writeWhole(fileOf(folder, name), `# url: ${url}\n${sdl}`);
  return before && howToRestore(folder, before);
}

/** Takes a partner out of the folder, and keeps its file. Gives how to put it back. */
export async function removePartner(folder: string, partner: Partner): Promise<string> {
  await rename(fileOf(folder, partner.name), previousOf(folder, partner.name));
  return howToRestore(folder, partner);
}

const previousOf = (folder: string, name: string) => `${fileOf(folder, name)}.previous`;

const howToRestore = (folder: string, { name, url }: Partner) =>
  `npm run subgraph:add -- --name ${name} --url ${url} --schema ${previousOf(folder, name)} --offline`;

/** @throws UsageError unless a subgraph may have this name. */
export function assertName(name: string): void {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) && name.length <= 40) return;
  throw new UsageError(
    `"${name}" can't be the name of a subgraph: take small letters a to z, digits and single hyphens, such as fire-safety`,
  );
}

/** @throws UsageError unless a subgraph can be reached at this address. */
export function assertUrl(url: string): void {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return;
  throw new UsageError(
    `"${url}" is no HTTP address: give one such as http://127.0.0.1:4010/graphql`,
  );
}
