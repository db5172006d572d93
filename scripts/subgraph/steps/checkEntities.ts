import { isRecord } from '../../../subgraphs/shared/isRecord.ts';
import { askSubgraph, type SubgraphAnswer } from '../askSubgraph.ts';
import type { WireSettings } from '../CheckSettings.ts';
import { findEntities, type Entity } from '../findEntities.ts';
import { error, note, stepResult, warning, type Message, type StepResult } from '../StepResult.ts';

const AT_ONCE = 50;
/** Where a record that is known stands among the fifty. */
const KNOWN_AT = 20;

/**
 * Asks for entities by each resolvable key: for one that nobody knows, for one that is known, and for fifty at
 * once, which must come in the order in which they were asked for.
 */
export async function checkEntities(settings: WireSettings): Promise<StepResult> {
  const entities = findEntities(settings.name, settings.typeDefs);
  if (!entities.length) {
    return stepResult('entities', [note('it has no entity with a key that can be resolved')]);
  }
  const messages: Message[] = [];
  for (const entity of entities) {
    const found = [
      ...(await checkUnknown(entity, settings)),
      ...(await checkKnown(entity, settings)),
      ...(await checkFifty(entity, settings)),
    ];
    // One cause shows in several questions.
    const texts = new Set<string>();
    messages.push(...found.filter(({ text }) => !texts.has(text) && texts.add(text)));
  }
  return stepResult('entities', messages);
}

const titleOf = ({ type, key }: Entity) => `${type} by "${key}"`;

const askFor = ({ type, key }: Entity, representations: object[], settings: WireSettings) =>
  askSubgraph(
    settings,
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on ${type} { ${key} } } }`,
    { representations },
  );

async function checkUnknown(entity: Entity, settings: WireSettings): Promise<Message[]> {
  const answer = await askFor(entity, [entity.representation(0)], settings);
  const list = listOf(answer, entity);
  if (!Array.isArray(list)) return [list];
  if (list.length !== 1) return [wrongLength(entity, 1, list.length)];
  const [record] = list;
  return record === null ? [] : compareKeys(entity, [entity.representation(0)], list);
}

async function checkKnown(entity: Entity, settings: WireSettings): Promise<Message[]> {
  const known = knownOf(entity, settings);
  if (!known) return [];
  const list = listOf(await askFor(entity, [known], settings), entity);
  if (!Array.isArray(list)) return [list];
  if (list[0] === null) {
    return [
      error(
        `${titleOf(entity)}: ${JSON.stringify(known)} was not found: give --id a record that is there, or find out why it is not`,
      ),
    ];
  }
  return compareKeys(entity, [known], list);
}

async function checkFifty(entity: Entity, settings: WireSettings): Promise<Message[]> {
  const asked = Array.from({ length: AT_ONCE }, (_, index) => entity.representation(index + 1));
  const known = knownOf(entity, settings);
  if (known) asked[KNOWN_AT] = known;
  const list = listOf(await askFor(entity, asked, settings), entity);
  if (!Array.isArray(list)) return [list];
  if (list.length !== AT_ONCE) return [wrongLength(entity, AT_ONCE, list.length)];
  const wrong = compareKeys(entity, asked, list);
  if (wrong.length) return wrong;
  return [
    list.every((record) => record === null)
      ? warning(
          `${titleOf(entity)}: none of ${AT_ONCE} made-up records is there, so their order is not seen: name one that is with --id ${entity.type}=…`,
        )
      : note(`${titleOf(entity)}: ${AT_ONCE} at once came in their order`),
  ];
}

function knownOf({ type, key, representation }: Entity, { ids }: WireSettings) {
  const id = ids.get(type);
  // A key of several fields can't be said in one word.
  return id !== undefined && /^\w+$/.test(key) ? { ...representation(0), [key]: id } : undefined;
}

/** What was answered, or the message of why that is no list. An error beside the list is a clear answer too. */
function listOf({ data, errors }: SubgraphAnswer, entity: Entity): unknown[] | Message {
  const list = data?.['_entities'];
  if (Array.isArray(list)) return list as unknown[];
  const reasons = errors.map(({ message }) => message).join('; ') || 'no error either';
  return error(
    `${titleOf(entity)}: _entities gives no list (${reasons}): an unknown record must be null, and must not take the others along`,
  );
}

const wrongLength = (entity: Entity, wanted: number, got: number) =>
  error(
    `${titleOf(entity)}: ${wanted} representations were answered by ${got} records: give one for each, null for those that are not there`,
  );

/** Each record must have the key that was asked for in its place. */
function compareKeys(
  entity: Entity,
  asked: readonly Record<string, unknown>[],
  list: readonly unknown[],
): Message[] {
  const index = list.findIndex(
    (record, at) => isRecord(record) && !holds(record, asked[at] ?? {}, entity),
  );
  if (index < 0) return [];
  return [
    error(
      `${titleOf(entity)}: at place ${index} stands ${JSON.stringify(list[index])}, but asked for was ${JSON.stringify(asked[index])}: answer in the order of the representations`,
    ),
  ];
}

/** Whether a record has all that its representation has. Concrete types answer for their interface. */
function holds(record: unknown, wanted: unknown, entity: Entity): boolean {
  if (!isRecord(wanted)) return JSON.stringify(record) === JSON.stringify(wanted);
  return (
    isRecord(record) &&
    Object.entries(wanted).every(
      ([name, value]) => name === '__typename' || holds(record[name], value, entity),
    )
  );
}
