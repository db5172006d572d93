import type { LiveContext } from '../shared/live/changesOf.ts';
import type { Viewer } from '../shared/Viewer.ts';
import type { Loaders } from './loaders.ts';

/** What the resolvers of one client request share. */
export interface Context extends LiveContext {
  viewer: Viewer;
  loaders: Loaders;
}
