import { z } from 'zod';
import { id, optional, partialDate, text } from '../../shared/writing/fields.ts';
import type { RecordKind, StoredRow } from '../../shared/writing/RecordKind.ts';
import { SourceModel, type SourceRow } from '../models/Source.ts';
import { toSourceRow } from '../rows/toSourceRow.ts';
import type { Targets } from './targets.ts';

interface Stated {
  title: string;
  publisher: string;
  url?: string | undefined;
  publishedAt: string;
}

const PRECISIONS = { 4: 'YEAR', 7: 'MONTH', 10: 'DAY' } as const;

/** An article or report that records rest on. Other subgraphs copy it when they first cite it. */
export const source: RecordKind<Targets, SourceRow & StoredRow, Stated> = {
  type: 'Source',
  anyScope: true,
  model: SourceModel,
  idPrefixes: ['src'],
  nameOf: ({ publisher, publishedAt }) => `${publisher} ${publishedAt}`,
  createShape: z.strictObject({
    id: optional(id()),
    title: text(500),
    publisher: text(200),
    url: optional(
      z
        .url({ protocol: /^https?$/, error: 'must be a whole address that begins with https://' })
        .max(2000),
    ),
    publishedAt: partialDate(),
  }),
  changeShape: z.strictObject({}),
  references: {},
  printed: [],
  owners: { author: (_stated, { agency }) => (agency ? [agency] : []) },
  statedOf: ({ title, publisher, url, publishedAt }) => ({
    title,
    publisher,
    url: url ?? undefined,
    publishedAt,
  }),
  // A source rests on nothing but itself, and has one version: of the head it has the id alone.
  toRow: async (stated, { _id }) =>
    toSourceRow({
      _id,
      ...stated,
      url: stated.url ?? null,
      publishedPrecision: PRECISIONS[stated.publishedAt.length as keyof typeof PRECISIONS],
      language: 'VI',
      byline: [],
      inferences: [],
      remarks: [],
    }) as SourceRow & StoredRow,
};
