import { ConnectionFields } from '../../shared/connection.ts';
import { Provenance } from '../../shared/Provenance.ts';
import { Activity, AdministrativeUnit, Campaign, Organization, PublicOfficial } from './foreign.ts';
import { AuditEntry } from './AuditEntry.ts';
import { Mutation } from './Mutation.ts';
import { Query } from './Query.ts';
import { AwardIssuer, AwardRecipient, Recognition } from './Recognition.ts';
import { RecognitionAggregate } from './RecognitionAggregate.ts';
import { Source } from './Source.ts';
import { RecognitionChange, Subscription } from './Subscription.ts';

export const resolvers = {
  Query,
  Mutation,
  Subscription,
  RecognitionChange,
  AuditEntry,
  AuditEntryConnection: ConnectionFields,
  Organization,
  AdministrativeUnit,
  Campaign,
  Activity,
  PublicOfficial,
  Recognition,
  AwardIssuer,
  AwardRecipient,
  RecognitionAggregate,
  Source,
  Provenance,
  RecognitionConnection: ConnectionFields,
};
