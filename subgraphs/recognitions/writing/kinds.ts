import { recognition } from './recognition.ts';

/** The kinds of records that are written here, by the name of their mutations. */
export const kinds = { recognition };
