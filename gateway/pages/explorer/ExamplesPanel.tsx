import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useState } from 'react';
import { Panel } from './Panel.tsx';
import { language, text } from '../shared/language.ts';
import { updateSession } from './session.ts';

interface SavedOperation {
  name: string;
  text: string;
  title?: { vi: string; en: string };
  description?: { vi: string; en: string };
  audience?: ('dashboard' | 'partner' | 'data')[];
  variables?: Record<string, unknown>;
}

const audiences = {
  dashboard: ['Cho bảng theo dõi', 'For dashboards'],
  data: ['Cho người phân tích', 'For data teams'],
  partner: ['Cho đơn vị đối tác', 'For partner agencies'],
} as const;

/** The saved operations by audience; a click opens one and runs it. */
export function ExamplesPanel() {
  const [operations, setOperations] = useState<SavedOperation[]>();
  const [isFailed, setFailed] = useState(false);
  const open = useOpenOperation();
  useEffect(() => {
    fetch('/operations.json')
      .then(
        async (response) =>
          ((await response.json()) as { operations: SavedOperation[] }).operations,
      )
      .then(setOperations)
      .catch(() => setFailed(true));
  }, []);
  return (
    <Panel title={text('Ví dụ', 'Examples')}>
      <p>{text('Bấm để mở và chạy ngay.', 'Click to open one and run it.')}</p>
      {isFailed && (
        <p className="bad">
          {text(
            'Không tải được ví dụ. Hãy tải lại trang.',
            'The examples could not be loaded. Reload the page.',
          )}
        </p>
      )}
      {(['dashboard', 'data', 'partner'] as const).map((audience) => {
        const some =
          operations?.filter((operation) => operation.audience?.includes(audience)) ?? [];
        if (!some.length) return null;
        return (
          <div key={audience}>
            <h3>{audiences[audience][language === 'vi' ? 0 : 1]}</h3>
            <ul className="examples">
              {some.map((operation) => (
                <li key={operation.name}>
                  <button type="button" disabled={!open} onClick={() => open?.(operation)}>
                    <strong>{operation.title?.[language] ?? operation.name}</strong>
                    <span>{operation.description?.[language]}</span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </Panel>
  );
}

function useOpenOperation() {
  const { addTab, run, setOperationName } = useGraphiQLActions();
  const editors = useGraphiQL(({ queryEditor, variableEditor }) => ({
    queryEditor,
    variableEditor,
  }));
  const { queryEditor, variableEditor } = editors;
  // The page is there before its editors are.
  if (!queryEditor || !variableEditor) return undefined;
  return ({ name, text, variables }: SavedOperation) => {
    if (queryEditor.getValue().trim()) addTab();
    queryEditor.setValue(text);
    variableEditor.setValue(
      variables && Object.keys(variables).length ? JSON.stringify(variables, null, 2) : '',
    );
    setOperationName(name);
    updateSession({ last: undefined });
    // The editor tells of its new text a moment later.
    setTimeout(run, 400);
  };
}
