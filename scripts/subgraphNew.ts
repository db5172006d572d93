import { existsSync } from 'node:fs';
import { isInterfaceType, isObjectType } from 'graphql';
import { readSupergraph } from '../gateway/supergraph/readSupergraph.ts';
import { runCommand } from './runCommand.ts';
import { createSubgraph } from './subgraph/createSubgraph.ts';
import { assertNotOurs, graphFlags, graphSettings } from './subgraph/graph.ts';
import { assertName } from './subgraph/partners.ts';
import { UsageError } from './UsageError.ts';

const help = `Makes a folder with a small subgraph of your own, in TypeScript, that passes every check.

Usage: npm run subgraph:new -- NAME [options]

  NAME               its name, such as fire-safety; what it adds to the graph begins with that
  --extends TYPE     the entity that gets a field (Organization)
  --dir DIR          the folder (NAME-subgraph)
  --supergraph FILE  where the entities are looked up (SUPERGRAPH_FILE, schema/supergraph.graphql)
  --json             the result as JSON
  --help             this text`;

await runCommand({
  help,
  options: {
    supergraph: graphFlags.supergraph,
    extends: { type: 'string' },
    dir: { type: 'string' },
    json: { type: 'boolean' },
  },
  words: ['NAME'],
  async run({ extends: wanted = 'Organization', dir, supergraph, json }, [name = '']) {
    assertName(name);
    assertNotOurs(name);
    const folder = dir ?? `${name}-subgraph`;
    if (existsSync(folder)) throw new UsageError(`${folder} exists: name another with --dir`);
    const entity = await findEntity(wanted, graphSettings({ supergraph }).supergraphFile);
    const files = await createSubgraph({ name, folder, entity });
    const next = `cd ${folder} && npm install && npm start`;
    console.log(
      json
        ? JSON.stringify({ ok: true, name, folder, files, next }, null, 2)
        : [...files.map((file) => `wrote ${file}`), `next:  ${next}`].join('\n'),
    );
    return true;
  },
});

/** An entity of the graph that is known by its id. @throws UsageError that names them all when it is none. */
async function findEntity(wanted: string, file: string) {
  const { schema } = await readSupergraph(file);
  const entities = Object.values(schema.getTypeMap()).filter((type) => {
    if (!isObjectType(type) && !isInterfaceType(type)) return false;
    return type.astNode?.directives?.some(
      ({ name, arguments: given = [] }) =>
        name.value === 'join__type' &&
        given.some(
          ({ name: { value }, value: text }) =>
            value === 'key' && 'value' in text && text.value === 'id',
        ),
    );
  });
  const entity = entities.find(({ name }) => name === wanted);
  if (entity) return { name: entity.name, isInterface: isInterfaceType(entity) };
  throw new UsageError(
    `"${wanted}" is no entity of the graph with the key "id": take one of ${entities.map(({ name }) => name).join(', ')}`,
  );
}
