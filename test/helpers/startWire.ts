import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { mongo } from 'mongoose';

type Document = mongo.BSON.Document;

/** What becomes of a command: an error of the server, no word at all, a hung-up line, or an answer that makes no sense. */
export type Fate = Document | 'silence' | 'hang up' | 'garbage';

/** A way to a database on which commands meet a fate. */
export interface Wire {
  uri: string;
  /** Called for each command, the driver's own among them; what it gives is its fate, nothing: it is passed on. */
  decide(fate: ((command: Document) => Fate | undefined) | undefined): void;
  /** How long each command is held back. */
  delay(ms: number): void;
  /** How many connections there are. */
  size(): number;
  close(): Promise<void>;
}

const OP_MSG = 2013;
const HEADER = 16;
/** After the header: flags, and the kind of the first section, which is the command. */
const BODY = HEADER + 5;

/** Stands between a client and the server at `uri`, and knows MongoDB's protocol as far as needed. */
export async function startWire(uri: string): Promise<Wire> {
  const target = new URL(uri);
  const sockets = new Set<Socket>();
  let fateOf: ((command: Document) => Fate | undefined) | undefined;
  let held = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    upstream.pipe(client);
    let rest = Buffer.alloc(0);
    client.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= HEADER && rest.length >= rest.readInt32LE(0)) {
        const message = rest.subarray(0, rest.readInt32LE(0));
        rest = rest.subarray(message.length);
        pass(message, client, upstream);
      }
    });
  });

  const pass = (message: Buffer, client: Socket, upstream: Socket) => {
    const fate = fateOf && message.readInt32LE(12) === OP_MSG ? fateOf(commandIn(message)) : null;
    if (fate === 'silence') return;
    if (fate === 'hang up') return void client.destroy();
    if (fate === 'garbage') return void client.write(Buffer.alloc(64, 0x7f));
    if (fate) return void client.write(answerTo(message, fate));
    if (!held) return void upstream.write(message);
    setTimeout(() => upstream.write(message), held);
  };

  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    uri: uri.replace(target.host, `127.0.0.1:${port}`),
    decide(fate) {
      fateOf = fate;
    },
    delay(ms) {
      held = ms;
    },
    size: () => sockets.size / 2,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const commandIn = (message: Buffer): Document =>
  mongo.BSON.deserialize(message.subarray(BODY, BODY + message.readInt32LE(BODY)));

function answerTo(message: Buffer, document: Document): Buffer {
  const body = Buffer.from(mongo.BSON.serialize(document));
  const head = Buffer.alloc(BODY);
  head.writeInt32LE(BODY + body.length, 0);
  head.writeInt32LE(message.readInt32LE(4), 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, body]);
}
