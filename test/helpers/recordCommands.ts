import type { mongo } from 'mongoose';
import { subgraphs } from '../../subgraphs/index.ts';

/** A command that reads, as a subgraph sent it to its database. */
export interface ReadCommand {
  subgraph: string;
  name: 'find' | 'aggregate' | 'getMore' | 'count' | 'distinct';
  collection: string;
  command: mongo.BSON.Document;
}

const READING = ['find', 'aggregate', 'getMore', 'count', 'distinct'];

const isReading = (name: string): name is ReadCommand['name'] => READING.includes(name);

/** Gives what `work` gives, and the commands that it made the subgraphs send. */
export async function recordCommands<TResult>(
  work: () => Promise<TResult>,
): Promise<{ result: TResult; commands: ReadCommand[] }> {
  const commands: ReadCommand[] = [];
  const listeners = subgraphs.map(({ name: subgraph, database }) => {
    const note = ({ commandName: name, command }: mongo.CommandStartedEvent) => {
      if (!isReading(name)) return;
      const collection = String(name === 'getMore' ? command['collection'] : command[name]);
      commands.push({ subgraph, name, collection, command });
    };
    const client = database.getClient();
    client.on('commandStarted', note);
    return () => client.off('commandStarted', note);
  });
  try {
    return { result: await work(), commands };
  } finally {
    for (const stop of listeners) stop();
  }
}
