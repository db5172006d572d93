import { existsSync, readFileSync } from 'node:fs';
import {
  buildASTSchema,
  findBreakingChanges,
  findDangerousChanges,
  parse,
  print,
  visit,
  type ConstDirectiveNode,
  type DocumentNode,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { composeSubgraphs } from '../../scripts/schema/composition.ts';
import { composedServices } from '../../scripts/schema/generatedFiles.ts';

// The agreement that the first release was built to; it is at hand only where the project was made.
const contract = new URL('../../../shared/domain/contract/', import.meta.url);

const readContract = (name: string) =>
  parse(readFileSync(new URL(`${name}.graphql`, contract), 'utf8'));

function changesOf(before: DocumentNode, after: DocumentNode): string[] {
  const schemas = [before, after].map((document) =>
    buildASTSchema(document, { assumeValidSDL: true }),
  ) as [ReturnType<typeof buildASTSchema>, ReturnType<typeof buildASTSchema>];
  return [...findBreakingChanges(...schemas), ...findDangerousChanges(...schemas)].map(
    ({ description }) => description,
  );
}

/** Every use of a directive on a type or field, such as `Source.title @shareable`. Tags and costs promise nothing to clients. */
function directivesOf(document: DocumentNode): string[] {
  const found: string[] = [];
  let type = '';
  const note = (path: string, directives: readonly ConstDirectiveNode[] = []) =>
    found.push(
      ...directives
        .filter(({ name }) => !['tag', 'cost', 'listSize'].includes(name.value))
        .map((directive) => `${path} ${print(directive)}`),
    );
  visit(document, {
    ObjectTypeDefinition({ name, directives }) {
      type = name.value;
      note(type, directives);
    },
    InterfaceTypeDefinition({ name, directives }) {
      type = name.value;
      note(type, directives);
    },
    FieldDefinition: ({ name, directives }) => {
      note(`${type}.${name.value}`, directives);
    },
  });
  return found.sort();
}

/** Types that the contract lists for a subgraph though nothing there uses them. */
const idle: Record<string, string[]> = {
  campaigns: ['AdministrativeLevel was removed.'],
};

/** What the contract has no place for: what the facts hold beyond it. */
const additions = new Set([
  // What is told live, which came later.
  'Subscription',
  'ActivityChange',
  'OutcomeChange',
  'RecognitionChange',
  'ChangeKind',
  'Recurrence',
  'Campaign.recurrence',
  'Campaign.notes',
  'Activity.isPilotSite',
  'Activity.quantityUnit',
  'OfficialDocument.notes',
  'SecurityModel.notes',
  'Outcome.notes',
  'AdministrativeUnit.notes',
  'PublicOfficial.notes',
  'Organization.notes',
  'Source.remarks',
  'Source.unit',
  ...[
    'PoliceUnit',
    'FrontCommittee',
    'ElderlyAssociation',
    'PeoplesCommittee',
    'PeoplesCouncil',
    'PartyCommittee',
    'StateBody',
    'SteeringCommittee',
    'MassOrganization',
    'GrassrootsGroup',
    'ResidentCommunity',
    'OtherOrganization',
  ].map((type) => `${type}.notes`),
]);

/** Reading was agreed on; writing came later, with types, root fields and two fields of its own. */
const isOfReading = (change: string) =>
  !/^(\w+(Payload|Version|Input)|Mutation|JSON|UserError\w*|WriteOperation|Audit\w+|Import\w+) was removed\.$/.test(
    change,
  ) && !/^(Query\.\w+(History|AuditTrail)|\w+\.(version|history)) was removed\.$/.test(change);

describe.skipIf(!existsSync(contract))('the contract', () => {
  const services = composedServices();

  it('is what the API of the whole graph promises, with a few fields more', () => {
    const api = parse(composeSubgraphs(services).api);
    expect(changesOf(readContract('api'), api)).toEqual([]);
    const added = changesOf(api, readContract('api'));
    expect(new Set(added.filter(isOfReading))).toEqual(
      new Set([...additions].map((name) => `${name} was removed.`)),
    );
  });

  it.each(services)('is kept by $name', ({ name, typeDefs }) => {
    expect(changesOf(readContract(name), typeDefs)).toEqual(idle[name] ?? []);
    const ofReading = directivesOf(typeDefs).filter(
      (use) => !/^(Audit|Import|UserError)/.test(use),
    );
    expect(ofReading).toEqual(directivesOf(readContract(name)));
  });
});
