import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, type GraphQLSchema } from 'graphql';
import { reports, type Report } from './reports.ts';

interface Key {
  id: string;
}

const find = (id: string) => reports.find((report) => report.id === id) ?? null;

const resolvers = {
  Query: {
    templateNameReport: (_: unknown, { id }: Key) => find(id),
    templateNameReports: () => reports,
  },
  TemplateNameReport: {
    // The gateway asks so for a report that another subgraph refers to. Null: there is none.
    __resolveReference: ({ id }: Key) => find(id),
    subject: ({ subjectId }: Report): Key => ({ id: subjectId }),
  },
  TemplateSubject: {
    // Whatever has an id may have reports; whether it exists is known elsewhere.
    __resolveReference: ({ id }: Key): Key => ({ id }),
    templateNameReports: ({ id }: Key) => reports.filter(({ subjectId }) => subjectId === id),
  },
};

/** The schema of the subgraph: what schema.graphql promises, and how each field gets its value. */
export const createSchema = (): GraphQLSchema =>
  buildSubgraphSchema({
    typeDefs: parse(readFileSync(new URL('schema.graphql', import.meta.url), 'utf8')),
    resolvers,
  });
