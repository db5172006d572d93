import type { VersionRow } from '../shared/writing/history.ts';
import type { OrganizationRow } from './models/Organization.ts';

/** An earlier version, as the resolvers of `OrganizationVersion` get it. */
export type OrganizationVersionRow = VersionRow<OrganizationRow>;
