import { once } from 'node:events';
import { createServer } from 'node:net';
import { listenError } from '../subgraphs/shared/http/listenError.ts';

/**
 * Tells that ports can't be had before minutes are spent on anything else.
 * @param ports The ports by the setting that names each; 0 is any free one.
 * @throws an error with one clear line about the first that can't be had.
 */
export async function checkPorts(host: string, ports: Record<string, number>): Promise<void> {
  const named = new Map<number, string>();
  for (const [portSetting, port] of Object.entries(ports)) {
    if (port === 0) continue;
    const other = named.get(port);
    if (other)
      throw new Error(`${other} and ${portSetting} are both ${port}: set one to another port`);
    named.set(port, portSetting);
    const server = createServer().listen({ host, port });
    try {
      await once(server, 'listening');
    } catch (error) {
      throw listenError(error, { host, port, portSetting });
    }
    server.close();
    await once(server, 'close');
  }
}
