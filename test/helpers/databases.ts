import { randomUUID } from 'node:crypto';
import { mongo } from 'mongoose';
import { inject } from 'vitest';
import { joinSubgraphs } from '../../subgraphs/shared/writing/Ask.ts';
import { subgraphs } from '../../subgraphs/index.ts';

/** Databases of their own for the subgraphs of this process, empty but for the indexes. */
export async function connectDatabases() {
  const settings = {
    uri: inject('mongodbUri'),
    databasePrefix: `test_${randomUUID().slice(0, 8)}_`,
    monitorCommands: true,
  };
  for (const subgraph of subgraphs) await subgraph.connect(settings);
  joinSubgraphs(subgraphs);
  const empty = async () => {
    for (const { database } of subgraphs) await database.dropDatabase();
  };
  return {
    ...settings,
    empty,
    async close() {
      await empty();
      for (const { disconnect } of subgraphs) await disconnect();
    },
  };
}

/** All that the databases of the subgraphs hold, byte by byte: of each collection its documents and indexes. */
export async function dump(): Promise<Record<string, { documents: string[]; indexes: string[] }>> {
  const all: Awaited<ReturnType<typeof dump>> = {};
  for (const { name: subgraph, database } of subgraphs) {
    const collections = await database.listCollections();
    for (const { name } of collections.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const documents = await database.collection(name).find().sort({ _id: 1 }).toArray();
      const indexes = await database.collection(name).indexes();
      all[`${subgraph}.${name}`] = {
        documents: documents.map((document) =>
          Buffer.from(mongo.BSON.serialize(document)).toString('latin1'),
        ),
        indexes: indexes.map(({ key }) => JSON.stringify(key)).sort(),
      };
    }
  }
  return all;
}
