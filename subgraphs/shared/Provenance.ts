import type DataLoader from 'dataloader';

/** Resolvers of the type `Provenance`, whose source is the subgraph's own copy of the article. */
export const Provenance = {
  source: <TSource>(
    { sourceId }: { sourceId: string },
    _arguments: unknown,
    { loaders }: { loaders: { source: DataLoader<string, TSource> } },
  ) => loaders.source.load(sourceId),
};
