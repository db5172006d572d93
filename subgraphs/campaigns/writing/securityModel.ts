import { z } from 'zod';
import {
  assertedShape,
  flag,
  id,
  ids,
  listOf,
  localizedText,
  measure,
  notes,
  optional,
  provenance,
  text,
  word,
} from '../../shared/writing/fields.ts';
import type { RecordKind } from '../../shared/writing/RecordKind.ts';
import { placesOf } from '../../shared/writing/references.ts';
import { ModelKind } from '../__generated__/types.ts';
import { ActivityModel } from '../models/Activity.ts';
import { OutcomeModel } from '../models/Outcome.ts';
import { SecurityModelModel, type SecurityModelRow } from '../models/SecurityModel.ts';
import { toSecurityModelRow, type SecurityModelStated } from '../rows/toSecurityModelRow.ts';
import { partiesOf } from './owners.ts';
import type { Targets } from './targets.ts';

const changeable = {
  kind: word(ModelKind),
  name: localizedText(500),
  unitId: optional(id()),
  siteIds: ids(),
  count: optional(measure()),
  isExemplary: optional(flag()).transform((exemplary) => exemplary ?? false),
  settings: listOf(text(200)),
  operatorId: optional(id()),
  groupId: optional(id()),
  campaignId: optional(id()),
  ...assertedShape,
  notes: notes(),
};

/** A grassroots model. */
export const securityModel: RecordKind<Targets, SecurityModelRow, SecurityModelStated> = {
  type: 'SecurityModel',
  model: SecurityModelModel,
  idPrefixes: ['mdl'],
  createShape: z.strictObject({ id: optional(id()), ...changeable, provenance: provenance() }),
  changeShape: z.strictObject(changeable).partial(),
  references: {
    unitId: 'unit',
    siteIds: 'unit',
    operatorId: 'organization',
    groupId: 'organization',
    campaignId: 'campaign',
  },
  printed: ['count'],
  owners: {
    operator: ({ operatorId }) => (operatorId ? [operatorId] : []),
    partiesOfCampaign: ({ campaignId }, _about, writing) => partiesOf([campaignId], writing),
  },
  statedOf: (row) => ({
    inferences: row.inferences,
    notes: row.notes,
    name: row.name,
    kind: row.kind,
    unitId: row.unitId,
    siteIds: row.siteIds,
    count: row.count,
    isExemplary: row.isExemplary,
    settings: row.settings,
    operatorId: row.operatorId,
    groupId: row.groupId,
    campaignId: row.campaignId,
  }),
  toRow: async (stated, head, writing) =>
    toSecurityModelRow(stated, head, {
      places: placesOf(await writing.find('unit', [stated.unitId])),
    }),
  async usedBy(ownId, writing) {
    const activities = await writing.rows(ActivityModel, { modelIds: ownId });
    const outcomes = await writing.rows(OutcomeModel, { modelId: ownId });
    return [...activities, ...outcomes].map(({ _id }) => _id);
  },
};
