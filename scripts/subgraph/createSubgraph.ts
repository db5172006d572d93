import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWhole } from '../../subgraphs/shared/writeWhole.ts';

export interface NewSubgraph {
  name: string;
  /** The folder that is made. */
  folder: string;
  /** The entity that gets a field, and whether that is an interface. */
  entity: { name: string; isInterface: boolean };
}

const root = new URL('../../', import.meta.url);
const template = new URL('scripts/subgraph/template/', root);

/** An id in the facts, so that the template's records concern something that is there. */
const examples: Record<string, string> = {
  Organization: 'org-hoi-nct-viet-nam',
  AdministrativeUnit: 'place-tinh-thai-binh',
  Campaign: 'prog-09-bca-mttw',
  Activity: 'evt-ngay-hoi-hung-my-2022-08-11',
};

/**
 * Makes a folder with a small subgraph that passes every check: a server in TypeScript, its SDL and a test.
 * @returns the paths of its files. Rejects when the folder can't be written.
 */
export async function createSubgraph({ name, folder, entity }: NewSubgraph): Promise<string[]> {
  await cp(template, folder, { recursive: true, errorOnExist: true, force: false });
  const pascal = name.replaceAll(/(?:^|-)(.)/g, (_all, letter: string) => letter.toUpperCase());
  const camel = pascal.replace(/^./, (letter) => letter.toLowerCase());
  const names: [pattern: RegExp, text: string][] = [
    [/TemplateSubject/g, entity.name],
    [/template-subject-id/g, examples[entity.name] ?? `${entity.name}-1`],
    [/TemplateName/g, pascal],
    [/templateName/g, camel],
    [/template-name/g, name],
    [/\bDIR\//g, `${folder}/`],
  ];
  if (!entity.isInterface) names.push([/, "@interfaceObject"| @interfaceObject/g, '']);
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) =>
    file.isFile(),
  );
  const paths = files.map((file) => join(file.parentPath, file.name)).sort();
  for (const path of paths) {
    const text = await readFile(path, 'utf8');
    await writeFile(
      path,
      names.reduce((all, [pattern, word]) => all.replaceAll(pattern, word), text),
    );
  }
  await pinVersions(join(folder, 'package.json'));
  return paths;
}

/** The new subgraph stands on the same versions as we do. */
async function pinVersions(file: string): Promise<void> {
  const read = async (path: string) =>
    JSON.parse(await readFile(path, 'utf8')) as Record<string, Record<string, string>>;
  const ours = await read(fileURLToPath(new URL('package.json', root)));
  const theirs = await read(file);
  const versions = { ...ours['devDependencies'], ...ours['dependencies'] };
  const names = Object.keys(theirs['dependencies'] ?? {});
  const pinned = {
    ...theirs,
    dependencies: Object.fromEntries(names.map((name) => [name, versions[name]])),
    overrides: ours['overrides'],
  };
  await writeWhole(file, `${JSON.stringify(pinned, null, 2)}\n`);
}
