import { z } from 'zod';
import { unique } from '../../shared/unique.ts';
import {
  assertedShape,
  id,
  ids,
  listOf,
  localizedText,
  notes,
  optional,
  period,
  provenance,
  text,
  wholeNumber,
  word,
} from '../../shared/writing/fields.ts';
import type { RecordKind } from '../../shared/writing/RecordKind.ts';
import { placesOf } from '../../shared/writing/references.ts';
import { PARTY_ROLES } from '../../shared/writing/rules.ts';
import { CampaignKind, Recurrence } from '../__generated__/types.ts';
import { ActivityModel } from '../models/Activity.ts';
import { CampaignModel, type CampaignRow } from '../models/Campaign.ts';
import { OutcomeModel } from '../models/Outcome.ts';
import { SecurityModelModel } from '../models/SecurityModel.ts';
import { toCampaignRow, type CampaignStated } from '../rows/toCampaignRow.ts';
import { extentOf } from '../rows/toParticipationRow.ts';
import { partiesOf } from './owners.ts';
import {
  participationsOf,
  parts,
  redateParticipations,
  withdrawParticipations,
  type PartInput,
} from './participants.ts';
import type { Targets } from './targets.ts';

/** What is stated; a new campaign is stated together with who takes part in it. */
type Stated = CampaignStated & { participations?: readonly PartInput[] };

const changeable = {
  name: localizedText(500),
  otherNames: listOf(text(200)),
  parentId: optional(id()),
  linkedCampaignIds: ids(),
  predecessorId: optional(id()),
  successorId: optional(id()),
  unitId: optional(id()),
  period: optional(period()),
  recurrence: optional(word(Recurrence)),
  reviewedYears: optional(wholeNumber(1, 100)),
  motto: optional(localizedText(500)),
  documentId: optional(id()),
  guidingDocumentIds: ids(),
  ...assertedShape,
  notes: notes(),
};

const PREFIXES = {
  MOVEMENT: 'mov',
  MOVEMENT_EDITION: 'ed',
  JOINT_PROGRAMME: 'prog',
  ACTION_PROGRAMME: 'prog',
  TARGET_PROGRAMME: 'prog',
  FESTIVAL_SERIES: 'fest',
} as const satisfies Record<CampaignKind, string>;

/** A movement, one edition of it, a programme or a festival. */
export const campaign: RecordKind<Targets, CampaignRow, Stated> = {
  type: 'Campaign',
  model: CampaignModel,
  idPrefixes: ['mov', 'prog', 'ed', 'fest'],
  prefixOf: ({ kind }) => PREFIXES[kind],
  createShape: z.strictObject({
    id: optional(id()),
    kind: word(CampaignKind),
    ...changeable,
    participations: parts(),
    provenance: provenance(),
  }),
  changeShape: z.strictObject(changeable).partial(),
  references: {
    parentId: 'campaign',
    linkedCampaignIds: 'campaign',
    predecessorId: 'campaign',
    successorId: 'campaign',
    unitId: 'unit',
    documentId: 'document',
    guidingDocumentIds: 'document',
    'participations.organizationId': 'organization',
    'participations.officialId': 'official',
  },
  printed: [],
  owners: {
    parties: ({ participations = [] }, about, writing) =>
      about.id
        ? partiesOf([about.id], writing)
        : unique(
            participations
              .filter(({ role }) => PARTY_ROLES.includes(role))
              .map(({ organizationId }) => organizationId),
          ),
  },
  statedOf: (row) => ({
    inferences: row.inferences,
    notes: row.notes,
    name: row.name,
    otherNames: row.otherNames,
    kind: row.kind,
    parentId: row.parentId,
    linkedCampaignIds: row.linkedCampaignIds,
    predecessorId: row.predecessorId,
    successorId: row.successorId,
    unitId: row.unitId,
    period: row.period,
    recurrence: row.recurrence,
    reviewedYears: row.reviewedYears,
    motto: row.motto,
    documentId: row.documentId,
    guidingDocumentIds: row.guidingDocumentIds,
  }),
  async toRow({ participations, ...stated }, head, writing) {
    const { documentId, guidingDocumentIds, unitId } = stated;
    if (stated.parentId === head._id) {
      writing.refuse('INVALID', 'parentId', 'must not be the campaign itself');
    }
    const documents = await writing.find('document', [documentId, ...guidingDocumentIds]);
    const extent = extentOf({ period: stated.period });
    return toCampaignRow(stated, head, {
      parts: await participationsOf(
        { campaignId: head._id },
        { added: participations, head, extent },
        writing,
      ),
      numberKeysOf: (each) => documents.get(each)?.numberKeys ?? [],
      places: placesOf(await writing.find('unit', [unitId])),
    });
  },
  async settle({ before, after }, writing) {
    if (!before) return [];
    const taken = { campaignId: before._id };
    if (!after) return withdrawParticipations(taken, writing);
    return redateParticipations(taken, after.years, writing);
  },
  async usedBy(ownId, writing) {
    const campaigns = await writing.rows(CampaignModel, {
      // Each with the index of its field.
      $or: [
        { parentId: ownId },
        { predecessorId: ownId },
        { successorId: ownId },
        { linkedCampaignIds: ownId },
      ],
    });
    const activities = await writing.rows(ActivityModel, { campaignIds: ownId });
    const models = await writing.rows(SecurityModelModel, { campaignId: ownId });
    const outcomes = await writing.rows(OutcomeModel, { campaignId: ownId });
    return [...campaigns, ...activities, ...models, ...outcomes].map(({ _id }) => _id);
  },
};
