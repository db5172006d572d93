import { campaigns } from './campaigns/index.ts';
import { organizations } from './organizations/index.ts';
import { recognitions } from './recognitions/index.ts';

/** All subgraphs. */
export const subgraphs = [organizations, campaigns, recognitions];
