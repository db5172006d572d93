import { assertAggregate } from '../../subgraphs/campaigns/assertAggregate.ts';
import type { ActivityRow } from '../../subgraphs/campaigns/models/Activity.ts';
import type { CampaignRow } from '../../subgraphs/campaigns/models/Campaign.ts';
import type { OfficialDocumentRow } from '../../subgraphs/campaigns/models/OfficialDocument.ts';
import type { ParticipationRow } from '../../subgraphs/campaigns/models/Participation.ts';
import type { SecurityModelRow } from '../../subgraphs/campaigns/models/SecurityModel.ts';
import { numberKey } from '../../subgraphs/campaigns/numberKey.ts';
import { toActivityRow } from '../../subgraphs/campaigns/rows/toActivityRow.ts';
import { toCampaignRow } from '../../subgraphs/campaigns/rows/toCampaignRow.ts';
import { toSecurityModelRow } from '../../subgraphs/campaigns/rows/toSecurityModelRow.ts';
import { dateFields, withName } from '../../subgraphs/shared/derivedFields.ts';
import { unique } from '../../subgraphs/shared/unique.ts';
import {
  toAsserted,
  toHead,
  toInferences,
  toMeasure,
  toNotes,
  toOptionalText,
  toOtherNames,
  toPeriod,
  toSource,
  toText,
} from './factValues.ts';
import type { Fact } from './factsSchema.ts';
import type { Lineage } from '../../subgraphs/shared/Lineage.ts';
import type { DataSet } from './readFacts.ts';
import { toOutcomes } from './toOutcomes.ts';
import { toParticipations } from './toParticipations.ts';
import { toUnits } from './toUnits.ts';

const REVIEWS = { SO_KET: 'INTERIM', TONG_KET: 'FINAL' } as const;

function toDocument(document: Fact<'documents'>): OfficialDocumentRow {
  const name = toText(document.nameVi, document.nameEn);
  const numberVariants = document.numberVariants ?? [];
  const numbers = unique([document.number, ...numberVariants]);
  const { firstDay, lastDay } = dateFields(document.issuedOn);
  return {
    _id: document.id,
    ...withName(name, [...toOtherNames(document), ...numbers]),
    ...toAsserted(document),
    ...toNotes(document),
    type: document.docType,
    isSingle: document.instance === 'SINGLE',
    number: document.number,
    numberVariants,
    numberKeys: unique(numbers.map(numberKey)),
    issuerIds: unique([document.issuer, ...(document.issuers ?? [])]),
    issuerTerm: document.issuerTerm,
    issuedOn: document.issuedOn,
    firstDay,
    lastDay,
    relations: (document.relations ?? []).map(({ type, target }) => ({ type, documentId: target })),
  };
}

function toCampaign(
  campaign: Fact<'campaigns'>,
  parts: readonly ParticipationRow[],
  documents: ReadonlyMap<string, OfficialDocumentRow>,
  lineage: Lineage,
): CampaignRow {
  return toCampaignRow(
    {
      inferences: toInferences(campaign.inferences),
      ...toNotes(campaign),
      name: toText(campaign.nameVi, campaign.nameEn),
      otherNames: toOtherNames(campaign),
      kind: campaign.campaignKind,
      parentId: campaign.parent,
      linkedCampaignIds: campaign.linkedTo ?? [],
      predecessorId: campaign.predecessor,
      successorId: campaign.successor,
      unitId: campaign.place,
      period: campaign.period && toPeriod(campaign.period),
      recurrence: campaign.recurrence,
      reviewedYears: campaign.reviewedPeriodYears,
      motto: toOptionalText(campaign.mottoVi),
      documentId: campaign.document,
      guidingDocumentIds: campaign.guidingDocuments ?? [],
    },
    toHead(campaign),
    { parts, numberKeysOf: (id) => documents.get(id)?.numberKeys ?? [], places: lineage },
  );
}

/** What events and lines of work have in common. */
const toCommon = (activity: Fact<'events'> | Fact<'activities'>) => ({
  inferences: toInferences(activity.inferences),
  ...toNotes(activity),
  name: toText(activity.nameVi, activity.nameEn),
  form: activity.form,
  unitId: activity.place,
});

const toEvent = (
  event: Fact<'events'>,
  parts: readonly ParticipationRow[],
  lineage: Lineage,
): ActivityRow =>
  toActivityRow(
    {
      ...toCommon(event),
      // An article that reports an event reports that it was held.
      status: 'DONE',
      isEvent: true,
      isPilotSite: event.isPilotSite ?? false,
      date: event.date,
      review: event.reviewType && REVIEWS[event.reviewType],
      campaignIds: event.campaigns ?? [],
      documentIds: [],
      bridgePoints: event.bridgePoints && toMeasure(event.bridgePoints),
      attendance: event.attendance && toMeasure(event.attendance),
      modelIds: event.models ?? [],
    },
    toHead(event),
    { parts, places: lineage },
  );

const toLineOfWork = (
  activity: Fact<'activities'>,
  parts: readonly ParticipationRow[],
  lineage: Lineage,
): ActivityRow =>
  toActivityRow(
    {
      ...toCommon(activity),
      status: activity.status,
      isEvent: false,
      isPilotSite: false,
      campaignIds: unique([activity.campaign]),
      eventId: activity.event,
      documentIds: activity.documents ?? [],
      statedById: activity.statedBy,
      quantity: activity.quantity && toMeasure(activity.quantity),
      quantityUnit: toOptionalText(activity.quantity?.unitVi, activity.quantity?.unitEn),
      modelIds: [],
    },
    toHead(activity),
    { parts, places: lineage },
  );

const toModel = (model: Fact<'models'>, lineage: Lineage): SecurityModelRow =>
  toSecurityModelRow(
    {
      inferences: toInferences(model.inferences),
      ...toNotes(model),
      name: toText(model.nameVi, model.nameEn),
      kind: model.modelKind,
      unitId: model.place,
      siteIds: model.sites ?? [],
      count: model.count && toMeasure(model.count),
      isExemplary: model.exemplary ?? false,
      settings: model.settingsVi ?? [],
      operatorId: model.operator,
      groupId: model.groupOrganization,
      campaignId: model.campaign,
    },
    toHead(model),
    { places: lineage },
  );

/** The rows of the campaigns subgraph, by model. Throws for a figure that could describe a person. */
export function toCampaignsRows(dataSet: DataSet) {
  const { facts } = dataSet;
  const { units, lineage } = toUnits(dataSet);
  const participations = toParticipations(facts, ({ kind, id }) =>
    kind === 'campaign' ? { campaignId: id } : { activityId: id },
  );
  const partsOf = (id: string) =>
    participations.filter((part) => (part.campaignId ?? part.activityId) === id);
  const documents = facts.documents.map(toDocument);
  const documentsById = new Map(documents.map((document) => [document._id, document]));
  const { outcomes, metrics } = toOutcomes(facts.outcomes, lineage);
  const levels = new Map(units.map(({ _id, level }) => [_id, level]));
  const sensitive = new Set(metrics.flatMap(({ _id, isSensitive }) => (isSensitive ? [_id] : [])));
  for (const { _id, value, metricCode, unitId } of outcomes) {
    assertAggregate({
      _id,
      value,
      isSensitive: sensitive.has(metricCode),
      placeLevel: levels.get(unitId ?? '') ?? null,
    });
  }
  return {
    Source: facts.sources.map(toSource),
    Campaign: facts.campaigns.map((each) =>
      toCampaign(each, partsOf(each.id), documentsById, lineage),
    ),
    Activity: [
      ...facts.events.map((each) => toEvent(each, partsOf(each.id), lineage)),
      ...facts.activities.map((each) => toLineOfWork(each, partsOf(each.id), lineage)),
    ],
    Participation: participations,
    OfficialDocument: documents,
    SecurityModel: facts.models.map((each) => toModel(each, lineage)),
    OutcomeMetric: metrics,
    Outcome: outcomes,
  };
}
