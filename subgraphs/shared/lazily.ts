type Makers = Record<string, () => unknown>;

/** What the makers make, by name. */
type Made<TMakers extends Makers> = {
  readonly [TName in keyof TMakers]: ReturnType<TMakers[TName]>;
};

/**
 * Gives a function whose objects have a value for each maker, made when it is first asked for: most
 * requests need few of a subgraph's loaders.
 */
export function lazily<TMakers extends Makers>(makers: TMakers): () => Made<TMakers> {
  class Lazy {
    readonly made: Record<string, unknown> = {};
  }
  for (const [name, make] of Object.entries(makers)) {
    Object.defineProperty(Lazy.prototype, name, {
      get(this: Lazy) {
        return (this.made[name] ??= make());
      },
    });
  }
  // The properties were defined just now, one for each maker.
  return () => new Lazy() as unknown as Made<TMakers>;
}
