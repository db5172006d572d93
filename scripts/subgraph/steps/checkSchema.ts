import { GraphQLError, Kind, parse, Source, type DocumentNode } from 'graphql';
import { error, note, stepResult, type StepResult } from '../StepResult.ts';

/** Parses the SDL, and looks whether it is one of Federation 2. */
export function checkSchema(sdl: string, source: string): StepResult & { typeDefs?: DocumentNode } {
  try {
    const typeDefs = parse(new Source(sdl, source));
    const isLinked = typeDefs.definitions.some(
      (definition) =>
        (definition.kind === Kind.SCHEMA_EXTENSION || definition.kind === Kind.SCHEMA_DEFINITION) &&
        definition.directives?.some(({ name }) => name.value === 'link'),
    );
    if (!isLinked) {
      return stepResult('schema', [
        error(`${source} does not say that it is of Federation 2: begin it with
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])`),
      ]);
    }
    return { ...stepResult('schema', [note(`read from ${source}`)]), typeDefs };
  } catch (reason) {
    if (!(reason instanceof GraphQLError)) throw reason;
    const [place] = reason.locations ?? [];
    return stepResult('schema', [
      error(`${source}:${place?.line ?? 1}:${place?.column ?? 1} ${reason.message}`),
    ]);
  }
}
