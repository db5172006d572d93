import { readdirSync, readFileSync } from 'node:fs';
import { Kind, type DefinitionNode, type DocumentNode } from 'graphql';

/** What the resolvers of a GraphQL type get as their parent. */
export interface RowType {
  /** A TypeScript type, such as `Connection<CampaignRow>`. */
  type: string;
  /** The names in `type`, each with the module to import it from. */
  imports: ReadonlyMap<string, string>;
}

/**
 * Finds the row type of every GraphQL type that has one, by what stands in the folders:
 * - a type `XRow` that a module of the subgraph exports, usually `models/X.ts`, is the parent of `X`
 *   and, where X is an interface, of the types that implement it; so is one of `shared/`;
 * - a page of such rows, `Connection<XRow>`, is the parent of `XConnection`;
 * - an entity without rows here is known by its key alone: `Reference`.
 */
export function findRowTypes(folder: URL, typeDefs: DocumentNode): ReadonlyMap<string, RowType> {
  const rows = new Map([
    ...readRowTypes(new URL('../shared/', folder), '../../shared/'),
    ...readRowTypes(folder, '../'),
  ]);
  const found = new Map<string, RowType>();
  for (const definition of typeDefs.definitions) {
    if (!isCompositeType(definition)) continue;
    const name = definition.name.value;
    const implemented = (definition.interfaces ?? []).map((node) => node.name.value);
    const row = [name, ...implemented].map((each) => rows.get(each)).find(Boolean);
    const parent = row ?? (isKeyedById(definition) ? reference : pageOf(name, rows));
    if (parent) found.set(name, parent);
  }
  return found;
}

/** The types `XRow` that a folder's modules export, by X; `path` leads there from `types.ts`. */
function readRowTypes(folder: URL, path: string): [string, RowType][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !file.startsWith('__generated__/'))
    .sort()
    .flatMap((file) => {
      const source = readFileSync(new URL(file, folder), 'utf8');
      const exported = source.matchAll(/^export (?:type|interface) (\w+)Row\b/gm);
      return [...exported].map(([, name = '']): [string, RowType] => [
        name,
        { type: `${name}Row`, imports: new Map([[`${name}Row`, path + file]]) },
      ]);
    });
}

const reference: RowType = {
  type: 'Reference',
  imports: new Map([['Reference', '../../shared/types.ts']]),
};

function pageOf(name: string, rows: ReadonlyMap<string, RowType>): RowType | undefined {
  const row = name.endsWith('Connection') && rows.get(name.slice(0, -'Connection'.length));
  if (!row) return undefined;
  return {
    type: `Connection<${row.type}>`,
    imports: new Map([...row.imports, ['Connection', '../../shared/connection.ts']]),
  };
}

const isCompositeType = (definition: DefinitionNode) =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
  definition.kind === Kind.INTERFACE_TYPE_DEFINITION;

const isKeyedById = ({ directives = [] }: Extract<DefinitionNode, { interfaces?: unknown }>) =>
  directives.some(
    ({ name, arguments: given = [] }) =>
      name.value === 'key' &&
      given.some(({ value }) => value.kind === Kind.STRING && value.value === 'id'),
  );
