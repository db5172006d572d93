import type { FastifyRequest } from 'fastify';
import { addressGroup, isLoopback } from '../../../subgraphs/shared/rates/addressGroup.ts';

/** Where a request comes from. */
export interface Client {
  /** Its address, or the network that stands for it. */
  address: string;
  /** Whether that is this machine itself. */
  isLocal: boolean;
  /** Whether it wants to know what its answer cost. */
  asksForCost: boolean;
}

/** The header by which a client asks for the cost of its answer: `antq-cost: 1`. */
export const COST_HEADER = 'antq-cost';

/** Reads a client from its request. */
export const toClient = ({ ip, headers }: FastifyRequest): Client => ({
  address: addressGroup(ip),
  isLocal: isLoopback(ip),
  asksForCost: headers[COST_HEADER] === '1',
});
