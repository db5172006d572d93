import { ToolbarButton, ToolbarMenu, useGraphiQL } from '@graphiql/react';
import { useState } from 'react';
import { ShareIcon, TakeIcon } from './icons.tsx';
import { text } from '../shared/language.ts';
import { makeShareLink } from './shareLink.ts';
import { takeAway } from './takeAway.ts';

const formats = ['csv', 'json', 'ndjson', 'parquet'] as const;

/** Takes results away as a table, and makes links to operations. */
export function Tools() {
  const [said, setSaid] = useState('');
  const { queryEditor, variableEditor } = useGraphiQL((state) => ({
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
  }));
  const query = () => queryEditor?.getValue() ?? '';
  const take = async (format: (typeof formats)[number]) => {
    setSaid(text('Đang tải…', 'Taking it away…'));
    try {
      const variables = variableEditor?.getValue().trim() || '{}';
      const parsed = JSON.parse(variables) as Record<string, unknown>;
      await takeAway({ query: query(), variables: parsed }, format);
      setSaid('');
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
  };
  const share = async () => {
    const link = makeShareLink({ query: query(), variables: variableEditor?.getValue() ?? '' });
    const isCopied = await navigator.clipboard.writeText(link).then(
      () => true,
      () => false,
    );
    setSaid(
      isCopied
        ? text('Đã chép liên kết', 'The link is copied')
        : text('Liên kết ở thanh địa chỉ', 'The link is in the address bar'),
    );
    setTimeout(() => setSaid(''), 4_000);
  };
  return (
    <>
      <ToolbarButton label={text('Chép liên kết', 'Copy a link')} onClick={() => void share()}>
        <span className="graphiql-toolbar-icon">
          <ShareIcon />
        </span>
      </ToolbarButton>
      <ToolbarMenu
        button={
          <span
            className="graphiql-toolbar-icon"
            title={text('Tải kết quả thành bảng', 'Take the result away as a table')}
          >
            <TakeIcon />
          </span>
        }
      >
        {formats.map((format) => (
          <ToolbarMenu.Item key={format} onSelect={() => void take(format)}>
            {format.toUpperCase()}
          </ToolbarMenu.Item>
        ))}
      </ToolbarMenu>
      {said && (
        <div className="said" role="status">
          {said}
          <button
            type="button"
            className="plain"
            onClick={() => setSaid('')}
            aria-label={text('Đóng', 'Close')}
          >
            ×
          </button>
        </div>
      )}
    </>
  );
}
