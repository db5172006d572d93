import { assertAggregate } from '../../subgraphs/campaigns/assertAggregate.ts';
import type { ActivityRow } from '../../subgraphs/campaigns/models/Activity.ts';
import type { CampaignRow } from '../../subgraphs/campaigns/models/Campaign.ts';
import type { OfficialDocumentRow } from '../../subgraphs/campaigns/models/OfficialDocument.ts';
import type { ParticipationRow } from '../../subgraphs/campaigns/models/Participation.ts';
import type { SecurityModelRow } from '../../subgraphs/campaigns/models/SecurityModel.ts';
import { numberKey } from '../../subgraphs/campaigns/numberKey.ts';
import { dateFields, periodFields, withName } from '../../subgraphs/shared/derivedFields.ts';
import {
  toAsserted,
  toMeasure,
  toNotes,
  toOptionalText,
  toOtherNames,
  toPeriod,
  toSource,
  toText,
} from './factValues.ts';
import type { Fact } from './factsSchema.ts';
import type { Lineage } from './Lineage.ts';
import type { DataSet } from './readFacts.ts';
import { toOutcomes } from './toOutcomes.ts';
import { toParticipations } from './toParticipations.ts';
import { toUnits } from './toUnits.ts';

const unique = <Item>(items: readonly (Item | null | undefined)[]) => [
  ...new Set(items.filter((item) => item !== null && item !== undefined)),
];

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
  const name = toText(campaign.nameVi, campaign.nameEn);
  const otherNames = toOtherNames(campaign);
  const guidingDocumentIds = campaign.guidingDocuments ?? [];
  const documentIds = unique([campaign.document, ...guidingDocumentIds]);
  const { years, firstDay, lastDay } = periodFields(campaign.period);
  return {
    _id: campaign.id,
    ...withName(name, otherNames),
    ...toAsserted(campaign),
    ...toNotes(campaign),
    otherNames,
    kind: campaign.campaignKind,
    parentId: campaign.parent,
    linkedCampaignIds: campaign.linkedTo ?? [],
    predecessorId: campaign.predecessor,
    successorId: campaign.successor,
    ...lineage.unitFields(campaign.place),
    period: campaign.period && toPeriod(campaign.period),
    periodSort: (campaign.period?.to ? lastDay : firstDay) ?? '',
    years,
    recurrence: campaign.recurrence,
    reviewedYears: campaign.reviewedPeriodYears,
    motto: toOptionalText(campaign.mottoVi),
    documentId: campaign.document,
    guidingDocumentIds,
    documentIds,
    documentNumberKeys: unique(documentIds.flatMap((id) => documents.get(id)?.numberKeys ?? [])),
    participantIds: unique(parts.map(({ organizationId }) => organizationId)),
    participantKinds: unique(parts.map(({ organizationKind }) => organizationKind)),
    participantRoles: unique(
      parts.map(({ organizationId, role }) => organizationId && `${organizationId}|${role}`),
    ),
  };
}

/** What events and lines of work have in common. */
function toActivity(
  activity: Fact<'events'> | Fact<'activities'>,
  parts: readonly ParticipationRow[],
  lineage: Lineage,
) {
  const name = toText(activity.nameVi, activity.nameEn);
  return {
    _id: activity.id,
    ...withName(name, toOtherNames(activity)),
    ...toAsserted(activity),
    ...toNotes(activity),
    form: activity.form,
    ...lineage.unitFields(activity.place),
    participantIds: unique(parts.map(({ organizationId }) => organizationId)),
    officialIds: unique(parts.map(({ officialId }) => officialId)),
  };
}

function toEvent(
  event: Fact<'events'>,
  parts: readonly ParticipationRow[],
  lineage: Lineage,
): ActivityRow {
  return {
    ...toActivity(event, parts, lineage),
    // An article that reports an event reports that it was held.
    status: 'DONE',
    isEvent: true,
    isPilotSite: event.isPilotSite ?? false,
    date: event.date,
    ...dateFields(event.date),
    review: event.reviewType && REVIEWS[event.reviewType],
    campaignIds: event.campaigns ?? [],
    documentIds: [],
    bridgePoints: event.bridgePoints && toMeasure(event.bridgePoints),
    attendance: event.attendance && toMeasure(event.attendance),
    modelIds: event.models ?? [],
  };
}

function toLineOfWork(
  activity: Fact<'activities'>,
  parts: readonly ParticipationRow[],
  lineage: Lineage,
): ActivityRow {
  const common = toActivity(activity, parts, lineage);
  return {
    ...common,
    status: activity.status,
    isEvent: false,
    isPilotSite: false,
    ...dateFields(null),
    campaignIds: unique([activity.campaign]),
    eventId: activity.event,
    documentIds: activity.documents ?? [],
    statedById: activity.statedBy,
    officialIds: unique([...common.officialIds, activity.statedBy]),
    quantity: activity.quantity && toMeasure(activity.quantity),
    quantityUnit: toOptionalText(activity.quantity?.unitVi, activity.quantity?.unitEn),
    modelIds: [],
  };
}

function toModel(model: Fact<'models'>, lineage: Lineage): SecurityModelRow {
  const name = toText(model.nameVi, model.nameEn);
  return {
    _id: model.id,
    ...withName(name, toOtherNames(model)),
    ...toAsserted(model),
    ...toNotes(model),
    kind: model.modelKind,
    ...lineage.unitFields(model.place),
    siteIds: model.sites ?? [],
    count: model.count && toMeasure(model.count),
    isExemplary: model.exemplary ?? false,
    settings: model.settingsVi ?? [],
    operatorId: model.operator,
    groupId: model.groupOrganization,
    campaignId: model.campaign,
  };
}

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
