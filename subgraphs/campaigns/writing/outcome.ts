import { z } from 'zod';
import {
  assertedShape,
  flag,
  id,
  ids,
  localizedText,
  measure,
  notes,
  optional,
  period,
  provenance,
} from '../../shared/writing/fields.ts';
import type { RecordKind } from '../../shared/writing/RecordKind.ts';
import { placesOf } from '../../shared/writing/references.ts';
import { hasParts, settleLinks, wholesOf } from '../../shared/writing/settleLinks.ts';
import { aggregateProblem } from '../assertAggregate.ts';
import { OutcomeModel, type OutcomeRow } from '../models/Outcome.ts';
import { toOutcomeRow, type OutcomeStated } from '../rows/toOutcomeRow.ts';
import { ownersOfActivities, ownersOfModels, partiesOf } from './owners.ts';
import type { Targets } from './targets.ts';

/** What is stated, with what a stored row keeps of its metric. */
type Stated = OutcomeStated & Partial<Pick<OutcomeRow, 'measuredIn' | 'isAdditive'>>;

const changeable = {
  name: localizedText(500),
  measure: measure(),
  unitId: optional(id()),
  period: period(),
  campaignId: optional(id()),
  activityId: optional(id()),
  eventId: optional(id()),
  modelId: optional(id()),
  contributorIds: ids(),
  subsetOfId: optional(id()),
  listIsOpen: optional(flag()).transform((open) => open ?? false),
  conflictsWithIds: ids(),
  ...assertedShape,
  notes: notes(),
};

const links = { model: OutcomeModel, partOf: 'subsetOfId' } as const;

/** A published figure. */
export const outcome: RecordKind<Targets, OutcomeRow, Stated> = {
  type: 'Outcome',
  model: OutcomeModel,
  idPrefixes: ['out'],
  createShape: z.strictObject({
    id: optional(id()),
    metricCode: z.string({ error: 'must be the code of a metric' }).max(120),
    ...changeable,
    provenance: provenance(),
  }),
  changeShape: z.strictObject(changeable).partial(),
  references: {
    metricCode: 'metric',
    unitId: 'unit',
    campaignId: 'campaign',
    activityId: 'activity',
    eventId: 'activity',
    modelId: 'model',
    contributorIds: 'organization',
    subsetOfId: 'outcome',
    conflictsWithIds: 'outcome',
  },
  printed: ['measure', 'period'],
  owners: {
    contributors: ({ contributorIds = [] }) => contributorIds,
    ownersOfActivity: ({ activityId, eventId }, _about, writing) =>
      ownersOfActivities([activityId, eventId], writing),
    partiesOfCampaign: ({ campaignId }, _about, writing) => partiesOf([campaignId], writing),
    ownersOfModel: ({ modelId }, _about, writing) => ownersOfModels([modelId], writing),
  },
  statedOf: (row) => ({
    inferences: row.inferences,
    notes: row.notes,
    name: row.name,
    metricCode: row.metricCode,
    measuredIn: row.measuredIn,
    isAdditive: row.isAdditive,
    measure: row.measure,
    unitId: row.unitId,
    period: row.period,
    campaignId: row.campaignId,
    activityId: row.activityId,
    eventId: row.activityIds[1],
    modelId: row.modelId,
    contributorIds: row.contributorIds,
    subsetOfId: row.subsetOfId,
    listIsOpen: row.listIsOpen,
    conflictsWithIds: row.conflictsWithIds,
  }),
  async toRow({ measuredIn, isAdditive, ...stated }, head, writing) {
    const metric = (await writing.find('metric', [stated.metricCode])).get(stated.metricCode);
    const places = placesOf(await writing.find('unit', [stated.unitId]));
    const whole = (await writing.find('outcome', [stated.subsetOfId])).get(stated.subsetOfId ?? '');
    const wholeIds = await wholesOf(whole, head._id, 'subsetOfId', writing);
    if (stated.conflictsWithIds.includes(head._id)) {
      writing.refuse('INVALID', 'conflictsWithIds', 'must not name the figure itself');
    }
    const private_ = aggregateProblem({
      value: stated.measure.value,
      isSensitive: metric?.isSensitive ?? false,
      placeLevel: places.levelOf(stated.unitId),
      mustHavePlace: true,
    });
    if (private_) writing.refuse('PRIVACY', private_.field, private_.message);
    return toOutcomeRow(stated, head, {
      measuredIn: measuredIn ?? metric?.unit.vi ?? '',
      isAdditive: isAdditive ?? metric?.isAdditive ?? false,
      places,
      wholeIds,
      isWhole: await hasParts(links, head._id, writing),
    });
  },
  settle: (change, writing) => settleLinks(links, change, writing),
  usedBy: async (ownId, writing) =>
    (await writing.rows(OutcomeModel, { subsetOfId: ownId })).map(({ _id }) => _id),
};
