import './setupWorkers.ts';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from '@graphiql/react';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './explorer.css';
import { fetcher } from './fetcher.ts';
import { ExamplesPanel } from './ExamplesPanel.tsx';
import { ExamplesIcon, KeyIcon, MapIcon, PlanIcon, SourceIcon } from './icons.tsx';
import { KeyPanel } from './KeyPanel.tsx';
import { MapPanel } from './MapPanel.tsx';
import { PlanPanel } from './PlanPanel.tsx';
import { language, text } from '../shared/language.ts';
import { readShareLink } from './shareLink.ts';
import { SourcePanel } from './SourcePanel.tsx';
import { Tools } from './Tools.tsx';

const plugin = (
  title: string,
  icon: GraphiQLPlugin['icon'],
  content: GraphiQLPlugin['content'],
): GraphiQLPlugin => ({ title, icon, content });

const examples = plugin(text('Ví dụ', 'Examples'), ExamplesIcon, ExamplesPanel);
const source = plugin(text('Nguồn', 'Source'), SourceIcon, SourcePanel);
const plugins = [
  examples,
  explorerPlugin(),
  plugin(text('Kế hoạch truy vấn', 'Query plan'), PlanIcon, PlanPanel),
  source,
  plugin(text('Sơ đồ dữ liệu', 'Schema map'), MapIcon, MapPanel),
  HISTORY_PLUGIN,
  plugin(text('Khóa truy cập', 'API key'), KeyIcon, KeyPanel),
];

const welcome = `# Các chương trình mà Hội Người cao tuổi Việt Nam đã ký, và với ai?
# Which programmes did the Elderly Association sign, and with whom?
{
  organization(id: "org-hoi-nct-viet-nam") {
    name { vi }
    campaigns(role: [SIGNATORY], sort: PERIOD_DESC) {
      nodes {
        document { number }
        period { label }
        participations(filter: { role: [SIGNATORY] }) {
          nodes { organization { name { vi en } } }
        }
      }
    }
  }
}
`;

/** A click on a figure in the result opens the panel that says where it comes from. */
function OpenSourceOnClick() {
  const { setVisiblePlugin } = useGraphiQLActions();
  const responseEditor = useGraphiQL((state) => state.responseEditor);
  useEffect(() => {
    const listening = responseEditor?.onMouseUp(({ target }) => {
      const word = target.position && responseEditor.getModel()?.getWordAtPosition(target.position);
      if (word && /^-?[\d.]+$/.test(word.word)) setVisiblePlugin(source);
    });
    return () => listening?.dispose();
  }, [responseEditor, setVisiblePlugin]);
  return null;
}

function Brand() {
  return (
    <div className="brand">
      <h1>{text('Khám phá dữ liệu', 'Explore the data')}</h1>
      <a href={text('/dashboard', '/dashboard?lang=en')}>{text('Bảng theo dõi', 'Dashboard')}</a>
      <a href="/data">{text('Bảng dữ liệu', 'Tables')}</a>
      <a href="/status">{text('Trạng thái', 'Status')}</a>
      <a
        href={language === 'vi' ? '?lang=en' : '?lang=vi'}
        hrefLang={language === 'vi' ? 'en' : 'vi'}
      >
        {language === 'vi' ? 'English' : 'Tiếng Việt'}
      </a>
    </div>
  );
}

function Explorer() {
  const shared = readShareLink();
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      visiblePlugin={examples}
      shouldPersistHeaders={false}
      showPersistHeadersSettings={false}
      isHeadersEditorEnabled={false}
      defaultQuery={welcome}
      {...(shared && { initialQuery: shared.query, initialVariables: shared.variables ?? '' })}
    >
      <GraphiQL.Logo>
        <Brand />
      </GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, copy, merge }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <Tools />
          </>
        )}
      </GraphiQL.Toolbar>
      <GraphiQL.Footer>
        <OpenSourceOnClick />
      </GraphiQL.Footer>
    </GraphiQL>
  );
}

document.documentElement.lang = language;
createRoot(document.getElementById('root') as HTMLElement).render(<Explorer />);
