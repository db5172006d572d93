import type { VersionRow } from '../shared/writing/history.ts';
import type { RecognitionRow } from './models/Recognition.ts';

/** An earlier version, as the resolvers of `RecognitionVersion` get it. */
export type RecognitionVersionRow = VersionRow<RecognitionRow>;
