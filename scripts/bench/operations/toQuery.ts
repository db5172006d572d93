import type { DashboardQuestion, Question } from './questions.ts';

const TEXT = '{ vi }';

/** Fields that are texts in several languages; all others of a question are plain. */
const texts = new Set(['name']);
const select = (fields: readonly string[]) =>
  fields.map((field) => (texts.has(field) ? `${field} ${TEXT}` : field)).join(' ');
const strings = (values: readonly string[]) => JSON.stringify(values);
const names = (values: readonly string[]) => `[${values.join(', ')}]`;
const list = (field: string, first: number, selection: string, more = '') =>
  first ? `${field}(first: ${first}${more}) { nodes { ${selection} } }` : '';

const ISSUERS = `issuers { organization { name ${TEXT} } }`;

function dashboard(question: DashboardQuestion): string {
  const { campaigns, activities, outcomes, recognitions } = question;
  const outcome = `measure { value } metric { name ${TEXT} }`;
  const activity = `name ${TEXT} date ${list('outcomes', outcomes, outcome)}`;
  const recognition = `name ${TEXT} awardYear ${ISSUERS}`;
  return [
    `id name ${TEXT} unit { name ${TEXT} }`,
    list('campaigns', campaigns, `name ${TEXT} kind`),
    list('activities', activities, activity),
    list('recognitionsReceived', recognitions, recognition),
  ].join(' ');
}

function selectionOf(question: Question): string {
  switch (question.kind) {
    case 'organizations': {
      const { first, kinds, levels, fields, withUnit } = question;
      const selection = `${select(fields)} ${withUnit ? `unit { name ${TEXT} }` : ''}`;
      return `organizations(first: ${first}, filter: { kind: ${names(kinds)}, level: ${names(levels)} }) { nodes { ${selection} } }`;
    }
    case 'dashboard': {
      const { id, first, kinds, levels } = question;
      if (id) return `organization(id: "${id}") { ${dashboard(question)} }`;
      return `organizations(first: ${first}, filter: { kind: ${names(kinds)}, level: ${names(levels)} }) { nodes { ${dashboard(question)} } }`;
    }
    case 'deep': {
      const { unitId, first, organizations, recognitions } = question;
      const received = list('recognitionsReceived', recognitions, `name ${TEXT} ${ISSUERS}`);
      const front = list(
        'organizations',
        organizations,
        `name ${TEXT} ${received}`,
        ', kind: [FRONT], includeDescendants: false',
      );
      return list(
        'recognitions',
        first,
        `name ${TEXT} ${ISSUERS} campaign { name ${TEXT} unit { name ${TEXT} ${front} } }`,
        `, filter: { unitIds: ${strings([unitId])} }`,
      );
    }
    case 'single': {
      const { id, campaigns, fields } = question;
      return `organization(id: "${id}") { ${select(fields)} unit { name ${TEXT} } ${list('campaigns', campaigns, `name ${TEXT} kind`)} }`;
    }
    case 'statistics': {
      const { unitId, organizationId } = question;
      return `organizationCounts(groupBy: [KIND, LEVEL], filter: { unitIds: ${strings([unitId])} }) { kind level count }
  participationAggregates(groupBy: [ROLE, YEAR], filter: { organizationId: "${organizationId}" }) { role year participations organizations }`;
    }
    case 'activity': {
      const { id, fields, participations, outcomes, recognitions } = question;
      const part = `role organization { name ${TEXT} }`;
      const outcome = `measure { value } metric { name ${TEXT} }`;
      const lists = [
        list('participations', participations, part),
        list('outcomes', outcomes, outcome),
        list('recognitions', recognitions, `name ${TEXT} ${ISSUERS}`),
      ];
      return `activity(id: "${id}") { ${select(fields)} ${lists.join(' ')} }`;
    }
    case 'recognitions': {
      const { unitId, first, withIssuers, withCampaign } = question;
      const issuers = withIssuers ? ISSUERS : '';
      const campaign = withCampaign ? `campaign { name ${TEXT} kind }` : '';
      return list(
        'recognitions',
        first,
        `id name ${TEXT} awardYear ${issuers} ${campaign}`,
        `, filter: { unitIds: ${strings([unitId])} }`,
      );
    }
    case 'unit': {
      const { id, children, organizations } = question;
      const below = list('children', children, `id name ${TEXT} level`);
      const own = list(
        'organizations',
        organizations,
        `name ${TEXT} kind`,
        ', includeDescendants: false',
      );
      return `administrativeUnit(id: "${id}") { name ${TEXT} level ${below} ${own} }`;
    }
  }
}

/** The query of a question. Statistics have two root fields, and keep their names. */
export function toQuery(question: Question, name: string): string {
  const alias = question.kind === 'statistics' ? '' : `${question.alias}: `;
  return `query ${name} {\n  ${alias}${selectionOf(question)}\n}`.replace(/ +/g, ' ');
}
