import type { GraphQLResolveInfo } from 'graphql';
import type { RowLoader } from './rowLoaders.ts';

/** Resolvers of the type `Provenance`, whose source is the subgraph's own copy of the article. */
export const Provenance = {
  source: <TSource>(
    { sourceId }: { sourceId: string },
    _arguments: unknown,
    { loaders }: { loaders: { source: RowLoader<TSource> } },
    info: GraphQLResolveInfo,
  ) => loaders.source.load(sourceId, info),
};
