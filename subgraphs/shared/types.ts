/** An entity known by its key alone: the parent of a type that another subgraph owns. */
export interface Reference {
  id: string;
}

/** A type's resolvers, required to answer every field that its row does not already hold. */
export type Complete<TResolvers, TRow> = TResolvers &
  Required<Omit<TResolvers, keyof TRow | '__isTypeOf'>>;
