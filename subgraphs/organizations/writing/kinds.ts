import { organization } from './organization.ts';
import { source } from './source.ts';

/** The kinds of records that are written here, by the name of their mutations. */
export const kinds = { organization, source };
