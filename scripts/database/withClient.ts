import { mongo } from 'mongoose';

/** Where a database of ours on this machine is reached: one server, whatever set it says it is in. */
export function localUri(port: number): string {
  return `mongodb://127.0.0.1:${port}/?directConnection=true`;
}

/** Gives `use` a connected client and closes it afterwards; gives up on a silent server after 5 s. */
export async function withClient<T>(
  uri: string,
  use: (client: mongo.MongoClient) => Promise<T>,
): Promise<T> {
  const client = new mongo.MongoClient(uri, {
    serverSelectionTimeoutMS: 5_000,
    connectTimeoutMS: 5_000,
  });
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.close();
  }
}
