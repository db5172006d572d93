import type { OperationName } from '../names.ts';
import { createMix } from './createMix.ts';
import type { Question } from './questions.ts';
import { toQuery } from './toQuery.ts';

/** Records of the data that questions ask for. */
export interface Samples {
  /** Districts, by name. */
  unitIds: readonly string[];
  /** Bodies of provinces that take part in campaigns and receive awards, by name. */
  organizationIds: readonly string[];
  /** Conferences, the latest first. */
  activityIds: readonly string[];
}

/** One request, for those who speak GraphQL and for the hand-written endpoint. */
export interface Request {
  query: string;
  question: Question;
}

/** The same requests over and over. */
export interface Operation {
  name: OperationName;
  requests: readonly Request[];
}

/** Bodies that lead campaigns or take part in them, and receive awards. */
export const activeKinds = [
  'FRONT',
  'STEERING_COMMITTEE',
  'ELDERLY_ASSOCIATION',
  'MASS_ORGANIZATION',
] as const;

const provinces = { kinds: activeKinds, levels: ['PROVINCE'] };

/** The dashboard of so many organizations. */
const dashboardOf = (first: number): Question => ({
  kind: 'dashboard',
  alias: 'organizations',
  first,
  ...provinces,
  campaigns: 5,
  activities: 3,
  outcomes: 3,
  recognitions: 5,
});

const toRequest = (question: Question, name: string): Request => ({
  query: toQuery(question, name),
  question,
});

/** All operations that are measured. */
export function createOperations(samples: Samples): Operation[] {
  const { unitIds, organizationIds } = samples;
  const [unitId = ''] = unitIds;
  const [organizationId = ''] = organizationIds;
  const once = (name: OperationName, question: Question): Operation => ({
    name,
    requests: [toRequest(question, name[0]?.toUpperCase() + name.slice(1))],
  });
  return [
    once('shallow', {
      kind: 'organizations',
      alias: 'organizations',
      first: 20,
      kinds: ['POLICE', 'FRONT'],
      levels: ['PROVINCE', 'DISTRICT'],
      fields: ['id', 'name', 'kind', 'level', 'validFrom'],
      withUnit: false,
    }),
    once('nested', dashboardOf(20)),
    once('deep', {
      kind: 'deep',
      alias: 'recognitions',
      unitId,
      first: 10,
      organizations: 3,
      recognitions: 3,
    }),
    once('single', {
      kind: 'single',
      alias: 'organization',
      id: organizationId,
      campaigns: 3,
      fields: ['id', 'name', 'kind', 'level'],
    }),
    once('statistics', { kind: 'statistics', alias: '', unitId, organizationId }),
    {
      name: 'mix',
      requests: createMix(samples).map((question, index) => toRequest(question, `Mix${index}`)),
    },
  ];
}
