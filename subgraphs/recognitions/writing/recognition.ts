import { z } from 'zod';
import {
  assertedShape,
  id,
  ids,
  listOf,
  localizedText,
  notes,
  optional,
  partialDate,
  provenance,
  text,
  wholeNumber,
  word,
} from '../../shared/writing/fields.ts';
import type { RecordKind } from '../../shared/writing/RecordKind.ts';
import { placesOf } from '../../shared/writing/references.ts';
import { hasParts, settleLinks, wholesOf } from '../../shared/writing/settleLinks.ts';
import {
  AdministrativeLevel,
  AwardForm,
  CountStatus,
  IssuerOffice,
} from '../__generated__/types.ts';
import { RecognitionModel, type RecognitionRow } from '../models/Recognition.ts';
import { toRecognitionRow, type RecognitionStated } from '../rows/toRecognitionRow.ts';
import type { Targets } from './targets.ts';

const counts = z
  .strictObject({
    status: word(CountStatus),
    collectives: optional(wholeNumber(0, 1e9)),
    individuals: optional(wholeNumber(0, 1e9)),
  })
  .refine(
    ({ status, collectives, individuals }) =>
      (status === 'STATED') === (collectives !== undefined || individuals !== undefined),
    'STATED goes with a number, NOT_STATED with none',
  );

const recipient = z
  .strictObject({
    organizationId: optional(id()),
    officialId: optional(id()),
    unitId: optional(id()),
    scope: optional(localizedText(300)),
  })
  .refine(
    ({ organizationId, officialId, unitId }) => Boolean(organizationId ?? officialId ?? unitId),
    'must be an organization, an official in office or a place: others are counted, never named',
  );

const issuer = z.strictObject({
  organizationId: id(),
  office: optional(word(IssuerOffice)),
  level: word(AdministrativeLevel),
  asPrinted: optional(text(300)),
});

const changeable = {
  forms: z
    .array(word(AwardForm))
    .min(1, 'must name a form; NOT_STATED where the source names none')
    .max(20),
  name: localizedText(500),
  issuers: z.array(issuer).min(1, 'must name who gave it').max(50),
  counts,
  recipients: listOf(recipient),
  campaignId: optional(id()),
  activityId: optional(id()),
  unitId: optional(id()),
  conferredOn: optional(partialDate()),
  awardYear: optional(wholeNumber(1900, 2200)),
  reason: optional(localizedText(1000)),
  presentedByIds: ids(),
  breakdownOfId: optional(id()),
  conflictsWithIds: ids(),
  ...assertedShape,
  notes: notes(),
};

const links = { model: RecognitionModel, partOf: 'breakdownOfId' } as const;

/** A published statement that awards were given. */
export const recognition: RecordKind<Targets, RecognitionRow, RecognitionStated> = {
  type: 'Recognition',
  model: RecognitionModel,
  idPrefixes: ['rec'],
  createShape: z.strictObject({ id: optional(id()), ...changeable, provenance: provenance() }),
  changeShape: z.strictObject(changeable).partial(),
  references: {
    'issuers.organizationId': 'organization',
    'recipients.organizationId': 'organization',
    'recipients.officialId': 'official',
    'recipients.unitId': 'unit',
    campaignId: 'campaign',
    activityId: 'activity',
    unitId: 'unit',
    presentedByIds: 'official',
    breakdownOfId: 'recognition',
    conflictsWithIds: 'recognition',
  },
  printed: ['counts'],
  owners: {
    issuers: ({ issuers = [] }) => issuers.flatMap(({ organizationId }) => organizationId ?? []),
  },
  statedOf: (row) => ({
    inferences: row.inferences,
    notes: row.notes,
    name: row.name,
    forms: row.forms,
    issuers: row.issuers,
    counts: row.counts,
    recipients: row.recipients,
    campaignId: row.campaignId,
    activityId: row.activityId,
    unitId: row.unitId,
    conferredOn: row.conferredOn,
    awardYear: row.awardYear,
    reason: row.reason,
    presentedByIds: row.presentedByIds,
    breakdownOfId: row.breakdownOfId,
    conflictsWithIds: row.conflictsWithIds,
  }),
  async toRow(stated, head, writing) {
    const { issuers, recipients, campaignId, unitId, breakdownOfId, conflictsWithIds } = stated;
    const recipientIds = recipients.map(({ organizationId }) => organizationId);
    const organizations = await writing.find('organization', [
      ...issuers.map(({ organizationId }) => organizationId),
      ...recipientIds,
    ]);
    const members = await writing.find('members', recipientIds);
    const campaigns = await writing.find('campaign', [campaignId]);
    const whole = (await writing.find('recognition', [breakdownOfId])).get(breakdownOfId ?? '');
    if (conflictsWithIds.includes(head._id)) {
      writing.refuse('INVALID', 'conflictsWithIds', 'must not name the statement itself');
    }
    return toRecognitionRow(stated, head, {
      kindOf: (each) => organizations.get(each)?.kind,
      membersOf: (groups) => groups.flatMap((group) => members.get(group) ?? []),
      movementOf(each) {
        const campaign = campaigns.get(each);
        return campaign?.kind === 'MOVEMENT_EDITION' ? campaign.parent?.id : undefined;
      },
      places: placesOf(await writing.find('unit', [unitId])),
      wholeIds: await wholesOf(whole, head._id, 'breakdownOfId', writing),
      isWhole: await hasParts(links, head._id, writing),
    });
  },
  settle: (change, writing) =>
    settleLinks(links, change, writing, (isDisputed) => ({ isDisputed })),
  usedBy: async (ownId, writing) =>
    (await writing.rows(RecognitionModel, { breakdownOfId: ownId })).map(({ _id }) => _id),
};
