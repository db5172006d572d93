import { readFile } from 'node:fs/promises';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { serve } from '../serve.mjs';

/**
 * Hive Gateway over the subgraphs of a supergraph. It reports only where it is told to, and polls no
 * registry for a supergraph that it is given; its pages for browsers load from elsewhere, so they are off.
 * Its JIT plugin was tried: it changes nothing here.
 */
export async function startHive(supergraphFile) {
  const supergraph = await readFile(supergraphFile, 'utf8');
  return serve(
    createGatewayRuntime({ supergraph, logging: false, landingPage: false, graphiql: false }),
  );
}
