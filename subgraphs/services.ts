/** The subgraphs of the graph, with the port that each listens on unless its settings say otherwise. */
export const subgraphServices = [
  { name: 'organizations', port: 4001 },
  { name: 'campaigns', port: 4002 },
  { name: 'recognitions', port: 4003 },
] as const;
