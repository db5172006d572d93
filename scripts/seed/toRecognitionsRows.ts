import type { RecognitionRow } from '../../subgraphs/recognitions/models/Recognition.ts';
import { dateFields, withName } from '../../subgraphs/shared/derivedFields.ts';
import {
  toAsserted,
  toNotes,
  toOptionalText,
  toOtherNames,
  toSource,
  toText,
} from './factValues.ts';
import type { Fact, Facts } from './factsSchema.ts';
import { createWholes } from './createWholes.ts';
import type { Lineage } from './Lineage.ts';
import type { DataSet } from './readFacts.ts';
import { toUnits } from './toUnits.ts';

const OFFICES = { 'Bộ trưởng': 'MINISTER', 'Chủ tịch': 'CHAIR', 'Giám đốc': 'DIRECTOR' } as const;

/** What the other subgraphs know of organizations and campaigns and recognitions keeps a copy of. */
function createDirectory({ organizations, campaigns, recognitions }: Facts) {
  const kinds = new Map(organizations.map(({ id, orgKind }) => [id, orgKind]));
  const editionOf = new Map(
    campaigns.map(({ id, campaignKind, parent }) => [
      id,
      campaignKind === 'MOVEMENT_EDITION' ? parent : undefined,
    ]),
  );
  const wholes = new Set(recognitions.map(({ breakdownOf }) => breakdownOf));
  return {
    kindsOf: (ids: readonly string[]) => [...new Set(ids.flatMap((id) => kinds.get(id) ?? []))],
    membersOf: (groups: readonly string[]) =>
      organizations.flatMap(({ id, memberOf = [] }) =>
        memberOf.some((group) => groups.includes(group)) ? [id] : [],
      ),
    withMovement: (campaign: string | undefined) =>
      [campaign, editionOf.get(campaign ?? '')].filter((id) => id !== undefined),
    isWhole: (id: string) => wholes.has(id),
    wholesOf: createWholes(recognitions, 'breakdownOf'),
  };
}

function toRecognition(
  fact: Fact<'recognitions'>,
  directory: ReturnType<typeof createDirectory>,
  lineage: Lineage,
): RecognitionRow {
  const issuerIds = [...new Set(fact.issuers.map(({ organization }) => organization))];
  const recipients = fact.recipients ?? [];
  const recipientIds = [...new Set(recipients.flatMap(({ organization }) => organization ?? []))];
  const conflictsWithIds = fact.conflictsWith ?? [];
  return {
    _id: fact.id,
    ...withName(toText(fact.nameVi, fact.nameEn), toOtherNames(fact)),
    ...toAsserted(fact),
    ...toNotes(fact),
    forms: fact.forms,
    issuers: fact.issuers.map(({ organization, office, level, asPrinted }) => ({
      organizationId: organization,
      office: office && OFFICES[office],
      level,
      asPrinted,
    })),
    counts: fact.counts,
    recipients: recipients.map(({ organization, person, place, scopeVi, scopeEn }) => ({
      organizationId: organization,
      officialId: person,
      unitId: place,
      scope: toOptionalText(scopeVi, scopeEn),
    })),
    campaignId: fact.campaign,
    activityId: fact.event,
    ...lineage.unitFields(fact.place),
    conferredOn: fact.conferredOn,
    ...dateFields(fact.conferredOn),
    awardYear: fact.awardYear,
    awardYearSort: fact.awardYear ?? 0,
    reason: toOptionalText(fact.reasonVi),
    presentedByIds: fact.presentedBy ?? [],
    breakdownOfId: fact.breakdownOf,
    conflictsWithIds,
    isDisputed: conflictsWithIds.length > 0,
    issuerIds,
    issuerKinds: directory.kindsOf(issuerIds),
    issuerLevels: [...new Set(fact.issuers.map(({ level }) => level))],
    recipientIds,
    recipientKinds: directory.kindsOf(recipientIds),
    recipientOrMemberIds: [...new Set([...recipientIds, ...directory.membersOf(recipientIds)])],
    campaignOrMovementIds: directory.withMovement(fact.campaign),
    wholeIds: directory.wholesOf(fact.id),
    isPlain: !fact.breakdownOf && !directory.isWhole(fact.id) && !conflictsWithIds.length,
  };
}

/** The rows of the recognitions subgraph, by model. */
export function toRecognitionsRows(dataSet: DataSet) {
  const { facts } = dataSet;
  const { lineage } = toUnits(dataSet);
  const directory = createDirectory(facts);
  return {
    Source: facts.sources.map(toSource),
    Recognition: facts.recognitions.map((each) => toRecognition(each, directory, lineage)),
  };
}
