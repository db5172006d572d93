import type { CommonTargets } from '../../shared/writing/createWriter.ts';
import { findOwn } from '../../shared/writing/findOwn.ts';
import { findSource } from '../../shared/writing/findSource.ts';
import {
  findEntities,
  findMembers,
  findOfficials,
  findOrganizations,
  findUnits,
  type KnownOrganization,
  type KnownUnit,
} from '../../shared/writing/references.ts';
import type { Lookups } from '../../shared/writing/Writing.ts';
import type { OrganizationKind } from '../__generated__/types.ts';
import { RecognitionModel, type RecognitionRow } from '../models/Recognition.ts';
import { SourceModel } from '../models/Source.ts';
import { others } from '../others.ts';

/** A campaign, as far as awards keep copies of it. */
interface KnownCampaign {
  id: string;
  kind: string;
  parent: { id: string } | null;
}

/** What records of this subgraph refer to. */
export interface Targets extends CommonTargets {
  organization: KnownOrganization<OrganizationKind>;
  /** The members of an organization, by its id. */
  members: readonly string[];
  unit: KnownUnit;
  official: { id: string };
  campaign: KnownCampaign;
  activity: { id: string };
  recognition: RecognitionRow;
}

/** How each of them is found. */
export const lookups: Lookups<Targets> = {
  organization: (ids) => findOrganizations<OrganizationKind>(others.ask, ids),
  members: (ids) => findMembers(others.ask, ids),
  unit: (ids) => findUnits(others.ask, ids),
  official: (ids) => findOfficials(others.ask, ids),
  campaign: (ids) =>
    findEntities<KnownCampaign>(others.ask, 'campaigns', 'Campaign', ids, 'kind parent { id }'),
  activity: (ids) => findEntities(others.ask, 'campaigns', 'Activity', ids, 'isEvent'),
  recognition: findOwn(RecognitionModel),
  source: findSource(SourceModel, (...asked) => others.ask(...asked)),
};
