import {
  AdministrativeLevel,
  OrganizationKind,
} from '../../subgraphs/organizations/__generated__/types.ts';
import type { DataNoteRow } from '../../subgraphs/organizations/models/DataNote.ts';
import type { OrganizationRow } from '../../subgraphs/organizations/models/Organization.ts';
import type { PublicOfficialRow } from '../../subgraphs/organizations/models/PublicOfficial.ts';
import type { SourceRow } from '../../subgraphs/organizations/models/Source.ts';
import { withName } from '../../subgraphs/shared/derivedFields.ts';
import { firstDay } from '../../subgraphs/shared/partialDate.ts';
import { searchFields } from '../../subgraphs/shared/search.ts';
import { vietnameseSortKey } from '../../subgraphs/shared/vietnameseSortKey.ts';
import {
  toAsserted,
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
import type { Lineage } from './Lineage.ts';
import type { DataSet } from './readFacts.ts';
import { toUnits } from './toUnits.ts';

const kinds: string[] = Object.values(OrganizationKind);
const levels: string[] = Object.values(AdministrativeLevel);

function toOrganization(organization: Fact<'organizations'>, lineage: Lineage): OrganizationRow {
  const name = toText(organization.nameVi, organization.nameEn);
  const otherNames = toOtherNames(organization);
  return {
    _id: organization.id,
    ...withName(name, otherNames),
    ...toAsserted(organization),
    ...toNotes(organization),
    otherNames,
    kind: organization.orgKind,
    subKind: organization.subKind,
    level: organization.level,
    instance: organization.instance,
    ...lineage.unitFields(organization.place),
    provinceId: lineage.provinceOf(organization.place),
    parentId: organization.parent,
    memberOfIds: organization.memberOf ?? [],
    groupCount: organization.groupCount && toMeasure(organization.groupCount),
    kindRank: kinds.indexOf(organization.orgKind),
    levelRank: levels.indexOf(organization.level),
  };
}

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

function toFullSource(source: Fact<'sources'>): SourceRow {
  return {
    ...toSource(source),
    publishedSort: firstDay(source.publishedAt),
    publishedTime: source.publishedTime,
    language: 'VI',
    byline: source.byline,
    inferences: toInferences(source.inferences),
    remarks: source.notes ?? [],
    unitId: source.scopePlace,
    ...searchFields([source.titleVi, source.publisherVi, source.publisherEn]),
  };
}

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
