import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { post } from '../helpers/graph.ts';
import { readScrape } from './scrape.ts';
import { startWhole } from './startWhole.ts';

const page = readFileSync('docs/operations.md', 'utf8');
const alerts = readFileSync('docs/alerts.yaml', 'utf8');
const dashboard = JSON.parse(readFileSync('docs/grafana.json', 'utf8')) as {
  panels: { title: string; targets?: { expr: string }[] }[];
};

const dashboardExpressions = dashboard.panels.flatMap(({ targets = [] }) =>
  targets.map(({ expr }) => expr),
);
// Up to the next key of a rule.
const alertExpressions = [...alerts.matchAll(/^ +expr: ([^]*?)\n +(?:for|labels):/gm)].map(
  ([, expr = '']) => expr,
);
const expressions = [...dashboardExpressions, ...alertExpressions];

const metricsIn = (text: string) =>
  [...text.matchAll(/\b(?:antq|process|nodejs)_[a-z0-9_]+/g)].map(([name]) =>
    name.replace(/_(?:bucket|sum|count)$/, ''),
  );
const labelsIn = (text: string) => [
  ...[...text.matchAll(/\b(?:by|on) \(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(', ')),
  ...[...text.matchAll(/([a-z_]+)(?:=~|!=|=)"/g)].map(([, name = '']) => name),
];

it('the dashboard, the alerts and the table name what a real scrape has, and the table all of it', async () => {
  const { url, root } = await startWhole();
  await post(url, '{ organizations { nodes { id } } }');
  const text = await (await fetch(`${root}/metrics`)).text();
  const metrics = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name));
  const labels = new Set(
    [...readScrape(text).keys()].flatMap((series) =>
      [...series.matchAll(/([a-z_]+)="/g)].map(([, name = '']) => name),
    ),
  );

  expect(dashboardExpressions.length).toBeGreaterThan(20);
  expect(alertExpressions).toHaveLength([...alerts.matchAll(/- alert:/g)].length);
  for (const expression of expressions) {
    for (const name of metricsIn(expression)) expect(metrics, expression).toContain(name);
    // What Prometheus adds, and what only failures have.
    const known = new Set([...labels, 'instance', 'job', 'code', 'le']);
    for (const name of labelsIn(expression)) expect(known, expression).toContain(name);
  }

  const [, table = ''] = /\| Metric [^\n]*\n([^]*?)\n\n/.exec(page) ?? [];
  const told = table
    .split('\n')
    .slice(1)
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([a-z_]+)`/g)])
    .map(([, name = '']) => `antq_${name}`);
  expect(told.sort()).toEqual([...metrics].filter((name) => name.startsWith('antq_')).sort());
});

it('each alert is told of, with what to do', () => {
  const names = [...alerts.matchAll(/- alert: (\S+)/g)].map(([, name = '']) => name);
  const told = [...page.matchAll(/^\| `(Antq\w+)`/gm)].map(([, name = '']) => name);
  expect(told).toEqual(names);
});
