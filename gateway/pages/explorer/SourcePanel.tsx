import { useGraphiQL } from '@graphiql/react';
import { getLocation } from 'jsonc-parser';
import { useEffect, useState } from 'react';
import { Panel } from './Panel.tsx';
import { askGraph } from '../shared/askGraph.ts';
import { language, text } from '../shared/language.ts';
import { authorization, useSession } from './session.ts';
import { sourceQuery } from './sourceQuery.ts';

interface Named {
  vi?: string | null;
  en?: string | null;
}

interface SourceRecord {
  id?: string;
  name?: Named;
  isDisputed?: boolean;
  provenance?:
    | {
        paragraphs?: number[];
        section?: string;
        asPrinted?: string | null;
        source?: {
          title: string;
          url?: string | null;
          publisher?: string;
          publishedAt?: string;
        } | null;
      }[]
    | null;
  inferences?: { field: string; reason: string; confidence: string }[] | null;
  conflictsWith?: { id: string; name?: Named }[] | null;
  notes?: (Named & { description?: string })[] | null;
}

type Found = { record: SourceRecord; value: string } | { fault: 'none' | 'failed'; value: string };

/** Article, paragraph and contradictions of the value at the cursor of the result. */
export function SourcePanel() {
  const [found, isLooking] = useSourceAtCursor();
  const name = (named: Named | undefined) =>
    language === 'en' ? (named?.en ?? named?.vi) : named?.vi;
  const title = text('Nguồn', 'Source');
  if (!found) {
    return (
      <Panel title={title}>
        <p>
          {isLooking
            ? '…'
            : text(
                'Bấm vào một con số trong kết quả để xem bài báo, đoạn văn và những chỗ mâu thuẫn.',
                'Click a figure in the result to see the article, the paragraph, and any contradiction.',
              )}
        </p>
      </Panel>
    );
  }
  if ('fault' in found) {
    return (
      <Panel title={title}>
        <p className="value">{found.value}</p>
        <p>
          {found.fault === 'none'
            ? text(
                'Giá trị này không có nguồn riêng: nó được cộng hoặc đếm từ nhiều bản ghi. Hãy mở ví dụ «Mọi số liệu đã công bố» để xem từng bản ghi.',
                'This value has no source of its own: it is summed or counted over records. Open the example “All published figures” to see each of them.',
              )
            : text(
                'Chưa hỏi được nguồn. Hãy thử lại.',
                'The source could not be asked for. Try again.',
              )}
        </p>
      </Panel>
    );
  }
  const { record, value } = found;
  return (
    <Panel title={title}>
      <p className="value">{value}</p>
      {record.name && <p>{name(record.name)}</p>}
      {(record.isDisputed || !!record.conflictsWith?.length) && (
        <div className="warning">
          <strong>{text('Các nguồn mâu thuẫn', 'Sources contradict each other')}</strong>
          <ul>
            {record.conflictsWith?.map((other) => (
              <li key={other.id}>
                {name(other.name) ?? other.id} <code>{other.id}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
      {record.provenance?.map((place, index) => (
        <article key={index} className="source">
          <h3>
            {place.source?.url ? (
              <a href={place.source.url} target="_blank" rel="noreferrer noopener">
                {place.source.title}
              </a>
            ) : (
              place.source?.title
            )}
          </h3>
          <p>
            {[place.source?.publisher, place.source?.publishedAt].filter(Boolean).join(', ')}
            {place.paragraphs?.length
              ? ` · ${text('đoạn', 'paragraph')} ${place.paragraphs.join(', ')}`
              : ''}
          </p>
          {place.asPrinted && <blockquote>{place.asPrinted}</blockquote>}
        </article>
      ))}
      {record.provenance?.length === 0 && (
        <p>{text('Bản ghi này không ghi nguồn.', 'This record names no source.')}</p>
      )}
      {!!record.inferences?.length && (
        <>
          <h3>{text('Suy ra, không phải nguyên văn', 'Worked out, not printed')}</h3>
          <ul>
            {record.inferences.map(({ field, reason, confidence }, index) => (
              <li key={index}>
                <code>{field}</code>: {reason} ({confidence})
              </li>
            ))}
          </ul>
        </>
      )}
      {record.notes?.map((note, index) => (
        <p key={index}>{note.description ?? name(note)}</p>
      ))}
    </Panel>
  );
}

/** Looks up the source of the value at the cursor of the result, whenever that comes to rest. */
function useSourceAtCursor(): [Found | undefined, boolean] {
  const { last } = useSession();
  const { responseEditor, schema, operationName } = useGraphiQL((state) => ({
    responseEditor: state.responseEditor,
    schema: state.schema,
    operationName: state.operationName,
  }));
  const [found, setFound] = useState<Found>();
  const [isLooking, setLooking] = useState(false);
  useEffect(() => {
    if (!responseEditor || !schema || !last) return;
    let current = new AbortController();
    const look = async () => {
      current.abort();
      current = new AbortController();
      const { signal } = current;
      const model = responseEditor.getModel();
      const position = responseEditor.getPosition();
      if (!model || !position) return;
      const { path, previousNode } = getLocation(model.getValue(), model.getOffsetAt(position));
      if (path[0] !== 'data' || path.length < 2) return;
      const value = previousNode
        ? model.getValue().slice(previousNode.offset, previousNode.offset + previousNode.length)
        : '';
      const asked = sourceQuery(schema, last.query, operationName, path.slice(1));
      if (!asked) {
        setFound({ fault: 'none', value });
        return;
      }
      setLooking(true);
      try {
        const { data } = await askGraph({ query: asked.query }, last.variables ?? {}, {
          headers: authorization(),
          signal,
        });
        let record: unknown = data;
        for (const key of asked.path)
          record = (record as Record<string | number, unknown> | null)?.[key];
        setFound(record ? { record: record as SourceRecord, value } : { fault: 'failed', value });
      } catch {
        if (!signal.aborted) setFound({ fault: 'failed', value });
      }
      if (!signal.aborted) setLooking(false);
    };
    void look();
    const listening = responseEditor.onDidChangeCursorPosition(() => void look());
    return () => {
      current.abort();
      listening.dispose();
    };
  }, [responseEditor, schema, last, operationName]);
  return [found, isLooking];
}
