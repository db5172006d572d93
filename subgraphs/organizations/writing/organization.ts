import { z } from 'zod';
import {
  assertedShape,
  id,
  ids,
  listOf,
  localizedText,
  measure,
  notes,
  optional,
  partialDate,
  provenance,
  text,
  word,
} from '../../shared/writing/fields.ts';
import type { RecordKind } from '../../shared/writing/RecordKind.ts';
import { placesOf } from '../../shared/writing/references.ts';
import {
  AdministrativeLevel,
  OrganizationInstance,
  OrganizationKind,
} from '../__generated__/types.ts';
import { OrganizationModel, type OrganizationRow } from '../models/Organization.ts';
import { PublicOfficialModel } from '../models/PublicOfficial.ts';
import { toOrganizationRow, type OrganizationStated } from '../rows/toOrganizationRow.ts';
import type { Targets } from './targets.ts';

const changeable = {
  name: localizedText(300),
  otherNames: listOf(text(200)),
  subKind: optional(
    z.string().regex(/^[A-Z][A-Z0-9_]{1,60}$/, 'must be in capitals, such as CONG_AN_TINH'),
  ),
  level: word(AdministrativeLevel),
  instance: word(OrganizationInstance),
  unitId: optional(id()),
  parentId: optional(id()),
  memberOfIds: ids(),
  groupCount: optional(measure()),
  validFrom: optional(partialDate()),
  validTo: optional(partialDate()),
  ...assertedShape,
  notes: notes(),
};

/** A body that takes part in the movement. */
export const organization: RecordKind<Targets, OrganizationRow, OrganizationStated> = {
  type: 'Organization',
  model: OrganizationModel,
  idPrefixes: ['org'],
  createShape: z.strictObject({
    id: optional(id()),
    kind: word(OrganizationKind),
    ...changeable,
    provenance: provenance(),
  }),
  changeShape: z.strictObject(changeable).partial(),
  references: { unitId: 'unit', parentId: 'organization', memberOfIds: 'organization' },
  printed: ['groupCount'],
  owners: {
    branch: ({ parentId }, { id: ownId, before, changed }) => {
      const isMoved =
        before && 'parentId' in changed && (before.parentId ?? null) !== (changed.parentId ?? null);
      const owner = ownId === null || isMoved ? parentId : ownId;
      return owner ? [owner] : [];
    },
  },
  statedOf: (row) => ({
    inferences: row.inferences,
    notes: row.notes,
    name: row.name,
    otherNames: row.otherNames,
    kind: row.kind,
    subKind: row.subKind,
    level: row.level,
    instance: row.instance,
    unitId: row.unitId,
    parentId: row.parentId,
    memberOfIds: row.memberOfIds,
    groupCount: row.groupCount,
    validFrom: row.validFrom,
    validTo: row.validTo,
  }),
  async toRow(stated, head, writing) {
    const above = await writing.find('organization', [stated.parentId]);
    if (above.get(stated.parentId ?? '')?.chain.includes(head._id)) {
      writing.refuse('INVALID', 'parentId', 'must not be the organization itself or one below it');
    }
    if (stated.groupCount && stated.kind !== 'GRASSROOTS_GROUP') {
      writing.refuse('INVALID', 'groupCount', 'is for the kind GRASSROOTS_GROUP only');
    }
    return toOrganizationRow(stated, head, {
      places: placesOf(await writing.find('unit', [stated.unitId])),
    });
  },
  async usedBy(ownId, writing) {
    const organizations = await writing.rows(OrganizationModel, {
      $or: [{ parentId: ownId }, { memberOfIds: ownId }],
    });
    const officials = await writing.rows(PublicOfficialModel, { organizationIds: ownId });
    return [...organizations, ...officials].map(({ _id }) => _id);
  },
};
