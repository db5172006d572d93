import { readFile } from 'node:fs/promises';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { serve } from './serve.mjs';

/** Hive Gateway over the subgraphs of a supergraph. Its JIT plugin was tried: it changes nothing here. */
export async function startHive(supergraphFile) {
  const supergraph = await readFile(supergraphFile, 'utf8');
  return serve(createGatewayRuntime({ supergraph, logging: false, landingPage: false }));
}
