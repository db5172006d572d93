import type { Loaders } from './loaders.ts';

/** What the resolvers of one client request share. */
export interface Context {
  loaders: Loaders;
}
