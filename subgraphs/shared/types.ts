import type { Reading } from './reading.ts';

/** An entity known by its key alone: the parent of a type that another subgraph owns. */
export interface Reference {
  id: string;
}

type ResolverFunction<TResolver> = Extract<TResolver, (...given: never[]) => unknown>;

/** Resolvers of one type over stored rows: each says what it reads of its row. */
export type Declared<TResolvers> = {
  [TField in keyof TResolvers]: TField extends '__resolveReference'
    ? TResolvers[TField]
    : Reading<ResolverFunction<TResolvers[TField]>>;
};

/**
 * A type's resolvers, required to answer every field that its row does not already hold, and to say
 * what they read of it.
 */
export type Complete<TResolvers, TRow> = Declared<TResolvers> &
  Required<Omit<Declared<TResolvers>, keyof TRow | '__isTypeOf'>>;
