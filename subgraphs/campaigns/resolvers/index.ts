import { ConnectionFields } from '../../shared/connection.ts';
import { Provenance } from '../../shared/Provenance.ts';
import { Activity } from './Activity.ts';
import { OutcomeAggregate, ParticipationAggregate } from './aggregates.ts';
import { AuditEntry } from './AuditEntry.ts';
import { Campaign } from './Campaign.ts';
import { AdministrativeUnit, Organization, PublicOfficial } from './foreign.ts';
import { DocumentRelation, OfficialDocument } from './OfficialDocument.ts';
import { Outcome, OutcomeMetric } from './Outcome.ts';
import { Participation } from './Participation.ts';
import { Mutation } from './Mutation.ts';
import { Query } from './Query.ts';
import { SecurityModel } from './SecurityModel.ts';
import { Source } from './Source.ts';
import { ActivityChange, OutcomeChange, Subscription } from './Subscription.ts';

export const resolvers = {
  Query,
  Mutation,
  Subscription,
  ActivityChange,
  OutcomeChange,
  AuditEntry,
  AuditEntryConnection: ConnectionFields,
  Organization,
  AdministrativeUnit,
  PublicOfficial,
  Campaign,
  Activity,
  Participation,
  OfficialDocument,
  DocumentRelation,
  SecurityModel,
  Outcome,
  OutcomeMetric,
  OutcomeAggregate,
  ParticipationAggregate,
  Source,
  Provenance,
  CampaignConnection: ConnectionFields,
  ActivityConnection: ConnectionFields,
  ParticipationConnection: ConnectionFields,
  OfficialDocumentConnection: ConnectionFields,
  SecurityModelConnection: ConnectionFields,
  OutcomeConnection: ConnectionFields,
};
