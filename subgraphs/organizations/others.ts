import { createOthers } from '../shared/writing/Ask.ts';

/** The way to the other subgraphs. */
export const others = createOthers();
