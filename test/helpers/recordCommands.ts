import type { mongo } from 'mongoose';
import { subgraphs } from '../../subgraphs/index.ts';
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts';

/** A command that reads, as a subgraph sent it to its database. */
export interface ReadCommand {
  subgraph: string;
  name: 'find' | 'aggregate' | 'getMore' | 'count' | 'distinct';
  collection: string;
  command: mongo.BSON.Document;
}

const READING = ['find', 'aggregate', 'getMore', 'count', 'distinct'];

/** Change streams of a database are of no collection: `1`, and `$cmd.aggregate` when more is asked for. */
const ofStreams = ['1', '$cmd.aggregate'];

const isReading = (name: string): name is ReadCommand['name'] => READING.includes(name);

/**
 * Gives what `work` gives, and the commands that it made the subgraphs send. The change streams that
 * keep rows in memory current ask whether anything is asked of the graph or not: they don't count.
 */
export async function recordCommands<TResult>(
  work: () => Promise<TResult>,
  of: readonly Subgraph[] = subgraphs,
): Promise<{ result: TResult; commands: ReadCommand[] }> {
  const commands: ReadCommand[] = [];
  const listeners = of.map(({ name: subgraph, database }) => {
    const note = ({ commandName: name, command }: mongo.CommandStartedEvent) => {
      if (!isReading(name)) return;
      const collection = String(name === 'getMore' ? command['collection'] : command[name]);
      if (ofStreams.includes(collection)) return;
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
