import { readFile } from 'node:fs/promises';
import {
  buildASTSchema,
  Kind,
  parse,
  print,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type GraphQLSchema,
} from 'graphql';
import { withoutAccessPurpose } from '../policy/accessFeatures.ts';
import { UserError } from '../../subgraphs/shared/UserError.ts';

/** A composed Federation 2 supergraph, as it was read from its file. */
export interface Supergraph {
  sdl: string;
  /** All types of all subgraphs, those hidden from clients too. */
  schema: GraphQLSchema;
  subgraphs: { name: string; url: string }[];
}

/** Reads a supergraph. Rejects with one clear line when there is none in `file`. */
export async function readSupergraph(file: string): Promise<Supergraph> {
  const sdl = await readSdl(file);
  let document: DocumentNode;
  try {
    document = parse(sdl, { noLocation: true });
  } catch (error) {
    throw notASupergraph(file, error instanceof Error ? error.message : String(error));
  }
  const graphs = document.definitions.find(isListOfSubgraphs);
  if (!graphs?.values?.length) throw notASupergraph(file, 'it names no subgraphs');
  const loadable = withoutAccessPurpose(document);
  return {
    sdl: loadable === document ? sdl : print(loadable),
    schema: buildSchema(file, document),
    subgraphs: graphs.values.map(({ name, directives = [] }) => {
      const graph = directives.find((directive) => directive.name.value === 'join__graph');
      return { name: text(graph, 'name') ?? name.value, url: text(graph, 'url') ?? '' };
    }),
  };
}

async function readSdl(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : undefined;
    throw new UserError(
      reason === 'ENOENT'
        ? `there is no supergraph at ${file}: compose one with "npm run schema", or name another with --supergraph or SUPERGRAPH_FILE`
        : `the supergraph at ${file} can't be read (${String(reason)}): it must be a file that this user may read`,
      [],
      { cause: error },
    );
  }
}

function buildSchema(file: string, document: DocumentNode): GraphQLSchema {
  try {
    return buildASTSchema(document, { assumeValidSDL: true });
  } catch (error) {
    throw notASupergraph(file, error instanceof Error ? error.message : String(error));
  }
}

function notASupergraph(file: string, reason: string) {
  return new UserError(
    `${file} is not a composed Federation 2 supergraph (${reason}): compose one with "npm run schema", or name another with --supergraph or SUPERGRAPH_FILE`,
  );
}

function isListOfSubgraphs(
  definition: DocumentNode['definitions'][number],
): definition is EnumTypeDefinitionNode {
  return definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph';
}

function text(directive: ConstDirectiveNode | undefined, argument: string): string | undefined {
  const node = directive?.arguments?.find(({ name }) => name.value === argument)?.value;
  const value = node && valueFromASTUntyped(node);
  return typeof value === 'string' ? value : undefined;
}
