import { GraphQLError, parse, print, type DocumentNode } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { UserError } from '../../subgraphs/shared/UserError.ts';

const text = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });

const about = z.strictObject({
  title: text,
  description: text.optional(),
  /** Whom it is an example for. */
  audience: z.array(z.enum(['dashboard', 'partner', 'data'])).default([]),
  /** Values with which it shows something. */
  variables: z.record(z.string(), z.unknown()).default({}),
});

/** A saved operation, and what its file says about it. */
export interface SavedOperation extends Partial<z.output<typeof about>> {
  /** The name of its file without `.graphql`. */
  name: string;
  /** Printed by graphql-js: the text that has an id. */
  document: DocumentNode;
}

/**
 * Reads a file of a saved operation: a document, and before it, as YAML in comments, its `title` and `description`
 * in Vietnamese and English, its `audience`, and `variables` with which it shows something. A comment that does not
 * begin with `title:` is just a comment.
 * @throws UserError when the document or what stands before it can't be read.
 */
export function toSavedOperation(file: string, content: string): SavedOperation {
  const name = file.replace(/\.graphql$/, '');
  const fail = (fault: string) => new UserError(`${file} is no good`, [fault]);
  const comments = /^(?:\s*#.*\n)*/.exec(content)?.[0] ?? '';
  const yaml = comments.replace(/^\s*# ?/gm, '');
  try {
    const document = parse(print(parse(content)));
    if (!yaml.startsWith('title:')) return { name, document };
    return { name, document, ...about.parse(parseYaml(yaml)) };
  } catch (error) {
    if (error instanceof GraphQLError) throw fail(error.message);
    if (error instanceof z.ZodError) {
      const [issue] = error.issues;
      throw fail(`its comment: ${issue?.path.join('.') || 'as a whole'}: ${issue?.message}`);
    }
    if (error instanceof Error)
      throw fail(`its comment is no YAML: ${error.message.split('\n')[0]}`);
    throw error;
  }
}
