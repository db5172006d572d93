import { z } from 'zod';
import { unique } from '../../shared/unique.ts';
import { periodFields } from '../../shared/derivedFields.ts';
import {
  assertedShape,
  flag,
  id,
  ids,
  localizedText,
  measure,
  notes,
  optional,
  partialDate,
  provenance,
  word,
} from '../../shared/writing/fields.ts';
import type { RecordKind } from '../../shared/writing/RecordKind.ts';
import { placesOf } from '../../shared/writing/references.ts';
import { ORGANIZER_ROLES } from '../../shared/writing/rules.ts';
import { ActivityForm, ActivityStatus, ReviewType } from '../__generated__/types.ts';
import { ActivityModel, type ActivityRow } from '../models/Activity.ts';
import { OutcomeModel } from '../models/Outcome.ts';
import { toActivityRow, type ActivityStated } from '../rows/toActivityRow.ts';
import { extentOf } from '../rows/toParticipationRow.ts';
import { organizersOf, partiesOf } from './owners.ts';
import {
  participationsOf,
  parts,
  redateParticipations,
  withdrawParticipations,
  type PartInput,
} from './participants.ts';
import type { Targets } from './targets.ts';

/** What is stated; a new activity is stated together with who takes part in it. */
type Stated = ActivityStated & { participations?: readonly PartInput[] };

const changeable = {
  form: word(ActivityForm),
  name: localizedText(500),
  status: word(ActivityStatus),
  isEvent: flag(),
  isPilotSite: optional(flag()).transform((pilot) => pilot ?? false),
  date: optional(partialDate()),
  review: optional(word(ReviewType)),
  unitId: optional(id()),
  campaignIds: ids(),
  eventId: optional(id()),
  documentIds: ids(),
  statedById: optional(id()),
  bridgePoints: optional(measure()),
  attendance: optional(measure()),
  quantity: optional(measure()),
  quantityUnit: optional(localizedText(100)),
  modelIds: ids(),
  ...assertedShape,
  notes: notes(),
};

/** A dated event or a line of work. */
export const activity: RecordKind<Targets, ActivityRow, Stated> = {
  type: 'Activity',
  model: ActivityModel,
  idPrefixes: ['evt', 'act'],
  prefixOf: ({ isEvent }) => (isEvent ? 'evt' : 'act'),
  createShape: z.strictObject({
    id: optional(id()),
    ...changeable,
    participations: parts(),
    provenance: provenance(),
  }),
  changeShape: z.strictObject(changeable).partial(),
  references: {
    unitId: 'unit',
    campaignIds: 'campaign',
    eventId: 'activity',
    documentIds: 'document',
    statedById: 'official',
    modelIds: 'model',
    'participations.organizationId': 'organization',
    'participations.officialId': 'official',
  },
  printed: ['bridgePoints', 'attendance', 'quantity'],
  owners: {
    organizers: ({ participations = [] }, about, writing) =>
      about.id
        ? organizersOf([about.id], writing)
        : unique(
            participations
              .filter(({ role }) => ORGANIZER_ROLES.includes(role))
              .map(({ organizationId }) => organizationId),
          ),
    partiesOfCampaigns: ({ campaignIds = [] }, _about, writing) => partiesOf(campaignIds, writing),
  },
  statedOf: (row) => ({
    inferences: row.inferences,
    notes: row.notes,
    form: row.form,
    name: row.name,
    status: row.status,
    isEvent: row.isEvent,
    isPilotSite: row.isPilotSite,
    date: row.date,
    review: row.review,
    unitId: row.unitId,
    campaignIds: row.campaignIds,
    eventId: row.eventId,
    documentIds: row.documentIds,
    statedById: row.statedById,
    bridgePoints: row.bridgePoints,
    attendance: row.attendance,
    quantity: row.quantity,
    quantityUnit: row.quantityUnit,
    modelIds: row.modelIds,
  }),
  async toRow({ participations, ...stated }, head, writing) {
    if (stated.eventId === head._id) {
      writing.refuse('INVALID', 'eventId', 'must not be the activity itself');
    }
    return toActivityRow(stated, head, {
      parts: await participationsOf(
        { activityId: head._id },
        { added: participations, head, extent: extentOf({ date: stated.date }) },
        writing,
      ),
      places: placesOf(await writing.find('unit', [stated.unitId])),
    });
  },
  async settle({ before, after }, writing) {
    if (!before) return [];
    const taken = { activityId: before._id };
    if (!after) return withdrawParticipations(taken, writing);
    return redateParticipations(taken, periodFields(extentOf({ date: after.date })).years, writing);
  },
  async usedBy(ownId, writing) {
    const activities = await writing.rows(ActivityModel, { eventId: ownId });
    const outcomes = await writing.rows(OutcomeModel, { activityIds: ownId });
    return [...activities, ...outcomes].map(({ _id }) => _id);
  },
};
