import type { DataNoteRow } from '../../subgraphs/organizations/models/DataNote.ts';
import type { OrganizationRow } from '../../subgraphs/organizations/models/Organization.ts';
import type { PublicOfficialRow } from '../../subgraphs/organizations/models/PublicOfficial.ts';
import type { SourceRow } from '../../subgraphs/organizations/models/Source.ts';
import { toOrganizationRow } from '../../subgraphs/organizations/rows/toOrganizationRow.ts';
import { toSourceRow } from '../../subgraphs/organizations/rows/toSourceRow.ts';
import { searchFields } from '../../subgraphs/shared/search.ts';
import { vietnameseSortKey } from '../../subgraphs/shared/vietnameseSortKey.ts';
import {
  toAsserted,
  toHead,
  toInferences,
  toMeasure,
  toNotes,
  toOptionalText,
  toOtherNames,
  toProvenance,
  toSource,
  toText,
} from './factValues.ts';
import type { Fact } from './factsSchema.ts';
import type { Lineage } from '../../subgraphs/shared/Lineage.ts';
import type { DataSet } from './readFacts.ts';
import { toUnits } from './toUnits.ts';

const toOrganization = (organization: Fact<'organizations'>, lineage: Lineage): OrganizationRow =>
  toOrganizationRow(
    {
      inferences: toInferences(organization.inferences),
      ...toNotes(organization),
      name: toText(organization.nameVi, organization.nameEn),
      otherNames: toOtherNames(organization),
      kind: organization.orgKind,
      subKind: organization.subKind,
      level: organization.level,
      instance: organization.instance,
      unitId: organization.place,
      parentId: organization.parent,
      memberOfIds: organization.memberOf ?? [],
      groupCount: organization.groupCount && toMeasure(organization.groupCount),
    },
    toHead(organization),
    { places: lineage },
  );

function toOfficial(person: Fact<'people'>): PublicOfficialRow {
  return {
    _id: person.id,
    name: person.nameVi,
    nameSort: vietnameseSortKey(person.nameVi),
    ...searchFields([person.nameVi, person.nameEn, ...toOtherNames(person)]),
    rank: toOptionalText(person.rankVi, person.rankEn),
    terms: person.roles.map((role) => ({
      title: toText(role.titleVi, role.titleEn),
      organizationId: role.organization,
      seenOn: role.asOf,
      validFrom: role.validFrom,
      validTo: role.validTo,
      provenance: toProvenance(role.provenance),
    })),
    organizationIds: [...new Set(person.roles.flatMap(({ organization }) => organization ?? []))],
    provenance: toProvenance(person.provenance),
    ...toNotes(person),
  };
}

const toFullSource = (source: Fact<'sources'>): SourceRow =>
  toSourceRow(
    {
      ...toSource(source),
      publishedTime: source.publishedTime,
      language: 'VI',
      byline: source.byline,
      inferences: toInferences(source.inferences),
      remarks: source.notes ?? [],
      unitId: source.scopePlace,
    },
    [source.publisherEn],
  );

function toDataNote(note: Fact<'discrepancies'>): DataNoteRow {
  return {
    _id: note.id,
    type: note.type,
    resolution: note.resolution,
    description: note.descriptionEn,
    recordIds: note.records,
    provenance: toProvenance(note.provenance),
    sourceIds: toAsserted(note).sourceIds,
  };
}

/** The rows of the organizations subgraph, by model. */
export function toOrganizationsRows(dataSet: DataSet) {
  const { facts } = dataSet;
  const { units, lineage } = toUnits(dataSet);
  return {
    Source: facts.sources.map(toFullSource),
    AdministrativeUnit: units,
    Organization: facts.organizations.map((each) => toOrganization(each, lineage)),
    PublicOfficial: facts.people.map(toOfficial),
    DataNote: facts.discrepancies.map(toDataNote),
  };
}
