import { createLineage, type Places, type TreeUnit } from '../Lineage.ts';
import type { Ask } from './Ask.ts';
import type { Chain } from './mayWrite.ts';

/** What subgraphs need to know of the records of others when they write: looked up, never kept. */

/** An organization: what it is, and all that stand above it, itself first. */
export interface KnownOrganization<TKind extends string = string> {
  id: string;
  kind: TKind;
  chain: Chain;
}

/** A unit and all units above it, as a tree to look them up in. */
export type KnownUnit = readonly TreeUnit[];

/** The copy of an article that every subgraph keeps. */
export interface KnownSource {
  _id: string;
  title: string;
  publisher: string;
  url: string | null;
  publishedAt: string;
  publishedPrecision: 'YEAR' | 'MONTH' | 'DAY';
}

export type Found<TRecord> = ReadonlyMap<string, TRecord>;

/** Asks a subgraph for entities of its own by id; those that are not there are left out. */
export async function findEntities<TEntity extends { id: string }>(
  ask: Ask,
  subgraph: string,
  type: string,
  ids: readonly string[],
  selection: string,
): Promise<Found<TEntity>> {
  if (!ids.length) return new Map();
  const { _entities } = await ask(
    subgraph,
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { id ${selection} } } }`,
    { of: ids.map((id) => ({ __typename: type, id })) },
  );
  // The selection says what the entities hold.
  const found = (_entities as (TEntity | null)[]).filter((entity) => entity !== null);
  return new Map(found.map((entity) => [entity.id, entity]));
}

interface Above {
  id: string;
  parent?: Above | null;
}

const ABOVE = 'parent { id '.repeat(5) + '}'.repeat(5);

/** The ids of an entity and of those above it, as far as they were asked for. */
function idsUpwards(entity: Above | null | undefined): string[] {
  return entity ? [entity.id, ...idsUpwards(entity.parent)] : [];
}

/** Looks up organizations, each with its chain however long that is. */
export async function findOrganizations<TKind extends string>(
  ask: Ask,
  ids: readonly string[],
): Promise<Found<KnownOrganization<TKind>>> {
  type Entity = Above & { kind: TKind };
  const found = await findEntities<Entity>(
    ask,
    'organizations',
    'Organization',
    ids,
    `kind ${ABOVE}`,
  );
  const known = new Map<string, KnownOrganization<TKind>>();
  for (const { id, kind, parent } of found.values()) {
    const chain = [id, ...idsUpwards(parent)];
    const top = chain.at(-1);
    if (chain.length > 5 && top) {
      const above = await findOrganizations(ask, [top]);
      const rest = above.get(top)?.chain ?? [];
      chain.push(...rest.filter((each) => !chain.includes(each)));
    }
    known.set(id, { id, kind, chain });
  }
  return known;
}

/** Looks up units, each with those above it. */
export async function findUnits(ask: Ask, ids: readonly string[]): Promise<Found<KnownUnit>> {
  type Entity = { id: string; level: string; ancestors: { id: string; level: string }[] };
  const found = await findEntities<Entity>(
    ask,
    'organizations',
    'AdministrativeUnit',
    ids,
    'level ancestors { id level }',
  );
  return new Map([...found].map(([id, unit]) => [id, toTree([...unit.ancestors, unit])]));
}

/** Units from the country down, each with the one before it as its parent. */
const toTree = (path: readonly { id: string; level: string }[]): KnownUnit =>
  path.map(({ id, level }, index) => ({ _id: id, level, parentId: path[index - 1]?.id }));

/** The look-up over units that were found. */
export const placesOf = (found: Found<KnownUnit>): Places =>
  createLineage([...found.values()].flat());

/** Looks up which officials there are. */
export const findOfficials = (ask: Ask, ids: readonly string[]) =>
  findEntities(ask, 'organizations', 'PublicOfficial', ids, '');

/** Looks up sources in the subgraph that owns them. */
export async function findSources(ask: Ask, ids: readonly string[]): Promise<Found<KnownSource>> {
  type Entity = Omit<KnownSource, '_id'> & { id: string };
  const found = await findEntities<Entity>(
    ask,
    'organizations',
    'Source',
    ids,
    'title publisher url publishedAt publishedPrecision',
  );
  return new Map([...found].map(([key, { id, ...rest }]) => [key, { _id: id, ...rest }]));
}

/** Looks up the members of organizations, all pages of them. */
export async function findMembers(
  ask: Ask,
  ids: readonly string[],
): Promise<Found<readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const id of ids) found.set(id, await membersOf(ask, id));
  return found;
}

interface MemberPage {
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

async function membersOf(ask: Ask, id: string, after: string | null = null): Promise<string[]> {
  const { organizations } = await ask(
    'organizations',
    `query ($id: ID!, $after: String) {
      organizations(filter: { memberOfId: $id }, first: 100, after: $after) {
        nodes { id } pageInfo { hasNextPage endCursor }
      }
    }`,
    { id, after },
  );
  // The query says what the page holds.
  const { nodes, pageInfo } = organizations as MemberPage;
  const rest = pageInfo.hasNextPage ? await membersOf(ask, id, pageInfo.endCursor) : [];
  return [...nodes.map((node) => node.id), ...rest];
}
