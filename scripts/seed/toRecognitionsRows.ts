import type { RecognitionRow } from '../../subgraphs/recognitions/models/Recognition.ts';
import { toRecognitionRow } from '../../subgraphs/recognitions/rows/toRecognitionRow.ts';
import { toHead, toInferences, toNotes, toOptionalText, toSource, toText } from './factValues.ts';
import type { Fact, Facts } from './factsSchema.ts';
import { createWholes } from './createWholes.ts';
import type { Lineage } from '../../subgraphs/shared/Lineage.ts';
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
    kindOf: (id: string) => kinds.get(id),
    membersOf: (groups: readonly string[]) =>
      organizations.flatMap(({ id, memberOf = [] }) =>
        memberOf.some((group) => groups.includes(group)) ? [id] : [],
      ),
    movementOf: (campaign: string) => editionOf.get(campaign),
    isWhole: (id: string) => wholes.has(id),
    wholesOf: createWholes(recognitions, 'breakdownOf'),
  };
}

function toRecognition(
  fact: Fact<'recognitions'>,
  directory: ReturnType<typeof createDirectory>,
  lineage: Lineage,
): RecognitionRow {
  return toRecognitionRow(
    {
      inferences: toInferences(fact.inferences),
      ...toNotes(fact),
      name: toText(fact.nameVi, fact.nameEn),
      forms: fact.forms,
      issuers: fact.issuers.map(({ organization, office, level, asPrinted }) => ({
        organizationId: organization,
        office: office && OFFICES[office],
        level,
        asPrinted,
      })),
      counts: fact.counts,
      recipients: (fact.recipients ?? []).map(
        ({ organization, person, place, scopeVi, scopeEn }) => ({
          organizationId: organization,
          officialId: person,
          unitId: place,
          scope: toOptionalText(scopeVi, scopeEn),
        }),
      ),
      campaignId: fact.campaign,
      activityId: fact.event,
      unitId: fact.place,
      conferredOn: fact.conferredOn,
      awardYear: fact.awardYear,
      reason: toOptionalText(fact.reasonVi),
      presentedByIds: fact.presentedBy ?? [],
      breakdownOfId: fact.breakdownOf,
      conflictsWithIds: fact.conflictsWith ?? [],
    },
    toHead(fact),
    {
      ...directory,
      places: lineage,
      wholeIds: directory.wholesOf(fact.id),
      isWhole: directory.isWhole(fact.id),
    },
  );
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
