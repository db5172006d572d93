/** What a process of a variant is to be. */
export type Role =
  | 'embedded'
  | 'subgraph'
  | 'gateway'
  | 'stock-subgraph'
  | 'stock-gateway'
  | 'hive'
  | 'yoga'
  | 'mercurius-jit'
  | 'limit'
  | 'records';

/** All that a process is told when it starts; settings of the product itself are in its environment. */
export interface PartSettings {
  role: Role;
  uri: string;
  databasePrefix: string;
  /** Whether the driver tells of its commands, so that they can be counted: that takes time of its own. */
  monitorCommands: boolean;
  /** The subgraph to serve, of a role that serves one. */
  subgraph?: string;
  /** The supergraph to serve, of a role that is a gateway over HTTP. */
  supergraphFile?: string;
  /** How many records there are, of the role that makes them up. */
  records?: number;
}
