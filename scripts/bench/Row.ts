import type { DatabaseName, OperationName, VariantName } from './names.ts';

/** One line of the result: the medians of all rounds. */
export interface Row {
  variant: VariantName;
  operation: OperationName;
  database: DatabaseName;
  coalescing: boolean;
  /** Over all processes of the variant; the database and who asks do not count. */
  cpuMsPerRequest: number;
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Over all processes of the variant, when the measurement ends. */
  rssMb: number;
  /** Reads that a request sends to the database, or to what stands in for it. */
  commands: number;
}

/** The cost of one request by the length of its list. */
export interface ScalingRow {
  items: number;
  cpuMsPerRequest: number;
  cpuMsPerItem: number;
}

/** Where and with what it was measured. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  system: string;
  node: string;
  database: string;
  measuredOn: string;
}

/** All that a run has found out. */
export interface Result {
  machine: Machine;
  versions: Record<string, string>;
  size: string;
  rows: Row[];
  scaling: ScalingRow[];
  /** Memory of the embedded variant that has answered nothing yet. */
  idleRssMb: number | null;
}
