import { ConnectionFields } from '../../shared/connection.ts';
import { Provenance } from '../../shared/Provenance.ts';
import { AdministrativeUnit, UnitChange } from './AdministrativeUnit.ts';
import { AuditEntry } from './AuditEntry.ts';
import { Mutation } from './Mutation.ts';
import {
  FrontCommittee,
  Organization,
  OrganizationCount,
  OrganizationFields,
} from './Organization.ts';
import { OfficeTerm, PublicOfficial } from './PublicOfficial.ts';
import { Query } from './Query.ts';
import { DataNote, Source } from './Source.ts';

export const resolvers = {
  Query,
  Mutation,
  AuditEntry,
  AuditEntryConnection: ConnectionFields,
  Organization,
  PoliceUnit: OrganizationFields,
  FrontCommittee,
  ElderlyAssociation: OrganizationFields,
  PeoplesCommittee: OrganizationFields,
  PeoplesCouncil: OrganizationFields,
  PartyCommittee: OrganizationFields,
  StateBody: OrganizationFields,
  SteeringCommittee: OrganizationFields,
  MassOrganization: OrganizationFields,
  GrassrootsGroup: OrganizationFields,
  ResidentCommunity: OrganizationFields,
  OtherOrganization: OrganizationFields,
  OrganizationCount,
  AdministrativeUnit,
  UnitChange,
  PublicOfficial,
  OfficeTerm,
  Source,
  DataNote,
  Provenance,
  OrganizationConnection: ConnectionFields,
  AdministrativeUnitConnection: ConnectionFields,
  PublicOfficialConnection: ConnectionFields,
  SourceConnection: ConnectionFields,
  DataNoteConnection: ConnectionFields,
};
