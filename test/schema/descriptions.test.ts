import {
  Kind,
  parse,
  visit,
  type ASTNode,
  type DocumentNode,
  type NameNode,
  type StringValueNode,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { composeSubgraphs } from '../../scripts/schema/composition.ts';
import { composedServices } from '../../scripts/schema/generatedFiles.ts';

interface Described {
  name: NameNode;
  description?: StringValueNode | undefined;
}

/** Types, fields, arguments, enum values and input fields: what a reader of the API looks up. */
const isDescribed = (node: ASTNode): node is ASTNode & Described =>
  'name' in node &&
  (node.kind.endsWith('TypeDefinition') ||
    node.kind === Kind.FIELD_DEFINITION ||
    node.kind === Kind.INPUT_VALUE_DEFINITION ||
    node.kind === Kind.ENUM_VALUE_DEFINITION);

const fillers = new Set(['a', 'an', 'the', 'of', 'this', 'by']);

const wordsOf = (text: string) =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word && !fillers.has(word));

/** A description says something when it has ten letters and a word that the name has not. */
function saysSomething({ name, description }: Described): boolean {
  const text = description?.value.trim() ?? '';
  const known = new Set(wordsOf(name.value));
  return text.length >= 10 && wordsOf(text).some((word) => !known.has(word));
}

/** Paths of everything in a document, and of what is not described in it. */
function read(document: DocumentNode) {
  const path: string[] = [];
  const all: string[] = [];
  const undescribed: string[] = [];
  visit(document, {
    enter(node) {
      if (node.kind === Kind.DIRECTIVE_DEFINITION) return false;
      if (!isDescribed(node)) return undefined;
      path.push(node.name.value);
      all.push(path.join('.'));
      if (!saysSomething(node)) undescribed.push(path.join('.'));
      return undefined;
    },
    leave(node) {
      if (isDescribed(node)) path.pop();
    },
  });
  return { all, undescribed };
}

const services = composedServices();
const documents = [
  ...services.map(({ name, typeDefs }) => ({ name, document: typeDefs })),
  { name: 'the API of the whole graph', document: parse(composeSubgraphs(services).api) },
];

describe('descriptions', () => {
  it.each(documents)('say something of every part of $name', ({ document }) => {
    const { all, undescribed } = read(document);
    expect(all.length).toBeGreaterThan(200);
    expect(undescribed).toEqual([]);
  });

  it('that are missing, short or the name again are found', () => {
    const document = parse(`
      "What can be asked."
      type Query {
        awardYear: Int
        "Short."
        first: Int
        "The award year."
        lastAwardYear("Year of the merit." year: Int): Int
      }
    `);
    expect(read(document)).toEqual({
      all: [
        'Query',
        'Query.awardYear',
        'Query.first',
        'Query.lastAwardYear',
        'Query.lastAwardYear.year',
      ],
      undescribed: ['Query.awardYear', 'Query.first', 'Query.lastAwardYear'],
    });
  });
});
