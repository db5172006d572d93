import { buildSubgraph } from '@apollo/federation-internals';
import { Kind, parse, print, visit, type ASTNode, type DocumentNode } from 'graphql';

interface NamedSdl {
  sdl: string;
  source: string;
}

/**
 * What differs in meaning between two SDL of one subgraph, one line each: order, descriptions, how extensions
 * are written and the definitions of federation itself do not count.
 */
export function findDifferences(name: string, a: NamedSdl, b: NamedSdl): string[] {
  const ofA = elementsOf(name, a.sdl);
  let ofB: Map<string, string>;
  try {
    ofB = elementsOf(name, b.sdl);
  } catch (reason) {
    return [`the SDL of ${b.source} is not valid: ${String(reason)}`];
  }
  const coordinates = [...new Set([...ofA.keys(), ...ofB.keys()])].sort();
  return coordinates.flatMap((coordinate) => {
    const [inA, inB] = [ofA.get(coordinate), ofB.get(coordinate)];
    if (inA === inB) return [];
    if (inA === undefined) return [`\`${coordinate}\` is in ${b.source} but not in ${a.source}`];
    if (inB === undefined) return [`\`${coordinate}\` is in ${a.source} but not in ${b.source}`];
    return [`\`${coordinate}\` is "${inA}" in ${a.source} but "${inB}" in ${b.source}`];
  });
}

/** Every type, field, value and member of a subgraph with how it is declared, by coordinate. */
function elementsOf(name: string, sdl: string): Map<string, string> {
  const elements = new Map<string, string>();
  for (const definition of normalized(name, sdl).definitions) {
    if (!('name' in definition) || !definition.name) continue;
    if (definition.kind === Kind.DIRECTIVE_DEFINITION) continue;
    const type = definition.name.value;
    if (/^(_|link__|federation__)/.test(type)) continue;
    const { fields, values, ...bare } = definition as typeof definition & {
      fields?: readonly ASTNode[];
      values?: readonly ASTNode[];
    };
    const known = elements.get(type);
    const text = oneLine(bare).replace(/^extend /, '');
    elements.set(type, known === undefined || known.length < text.length ? text : known);
    for (const child of [...(fields ?? []), ...(values ?? [])]) {
      const own = 'name' in child && child.name ? child.name.value : '';
      if (/^_(service|entities)$/.test(own)) continue;
      elements.set(`${type}.${own}`, oneLine(child));
    }
  }
  return elements;
}

/** The SDL as Apollo's library understands it: extensions joined, directives under their own names. */
function normalized(name: string, sdl: string): DocumentNode {
  const document = parse(buildSubgraph(name, '', parse(sdl)).toString());
  const byName = (a: ASTNode, b: ASTNode) => print(a).localeCompare(print(b));
  return visit(document, {
    enter: (node) =>
      'description' in node && node.description ? { ...node, description: undefined } : undefined,
    leave: (node) => {
      const sorted: Record<string, unknown> = { ...node };
      for (const part of ['directives', 'arguments', 'interfaces', 'types']) {
        const list = sorted[part];
        if (Array.isArray(list)) sorted[part] = [...(list as ASTNode[])].sort(byName);
      }
      return sorted;
    },
  });
}

const oneLine = (node: ASTNode) => print(node).replaceAll(/\s+/g, ' ');
