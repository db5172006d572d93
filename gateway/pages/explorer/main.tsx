import './setupWorkers.ts';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './explorer.css';

const plugins = [HISTORY_PLUGIN, explorerPlugin()];
const fetcher = async (request: unknown) => {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  return (await response.json()) as object;
};

createRoot(document.getElementById('root')!).render(
  <GraphiQL fetcher={fetcher as never} plugins={plugins} />,
);
