import { valueFromASTUntyped, type ConstDirectiveNode } from 'graphql';
import { isRecord } from '../../subgraphs/shared/isRecord.ts';

/** What a schema links: a specification, and how it calls the elements of it. */
export interface Link {
  url: string;
  /** The name that an element of the specification has in this schema, without `@`; undefined when it is not imported. */
  imported(element: string): string | undefined;
  /** What the link is called where it is not called by its own name. */
  prefix: string | undefined;
}

/** Reads a `@link`, or what looks like one. */
export function readLink({ arguments: given = [] }: ConstDirectiveNode): Link {
  const value = (name: string) => {
    const node = given.find((argument) => argument.name.value === name)?.value;
    return node && valueFromASTUntyped(node);
  };
  const prefix = value('as');
  return {
    url: String(value('url')),
    imported: (element) => importedName(value('import'), element),
    prefix: typeof prefix === 'string' ? prefix : undefined,
  };
}

/** What an import calls an element; undefined when it does not import it. */
function importedName(imports: unknown, element: string): string | undefined {
  for (const each of Array.isArray(imports) ? (imports as unknown[]) : [imports]) {
    if (each === element) return element.slice(1);
    if (!isRecord(each) || each['name'] !== element) continue;
    const alias = each['as'];
    return (typeof alias === 'string' ? alias : element).replace(/^@/, '');
  }
  return undefined;
}
