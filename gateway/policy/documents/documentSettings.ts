import { z } from 'zod';
import { flag, wholeNumber } from '../../../subgraphs/shared/settings.ts';

/** Which documents may be carried out, and which have ids. */
export interface DocumentConfig {
  /** What becomes of documents that are not trusted: `report` carries them out and logs them, `enforce` refuses them. */
  mode: 'off' | 'report' | 'enforce';
  /** The manifests of trusted documents. */
  manifests: readonly string[];
  /** How much of the documents that clients register is kept for each kind of viewer; undefined where they can't. */
  registeredKb: number | undefined;
}

/** The settings of documents by the names that they have in the environment. */
export const documentSettings = {
  TRUSTED_DOCUMENTS: z
    .enum(['off', 'report', 'enforce'], { error: 'must be off, report or enforce' })
    .default('off'),
  TRUSTED_DOCUMENTS_FILE: z.string().default('schema/trusted-documents.json'),
  APQ: flag().default(true),
  APQ_CACHE_KB: wholeNumber(1, 102_400).default(512),
};

/** The settings of documents, from values that were checked. */
export function toDocumentConfig(
  settings: z.output<z.ZodObject<typeof documentSettings>>,
): DocumentConfig {
  return {
    mode: settings.TRUSTED_DOCUMENTS,
    manifests: settings.TRUSTED_DOCUMENTS_FILE.split(',')
      .map((file) => file.trim())
      .filter(Boolean),
    registeredKb: settings.APQ ? settings.APQ_CACHE_KB : undefined,
  };
}
