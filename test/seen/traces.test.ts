import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { closedUrl, send, writeTemporary } from '../gateway/kit.ts';
import {
  createSupergraph,
  EXPECTED,
  QUERY,
  startGatewayProcess,
} from '../faults/gatewayProcess.ts';
import { startCollector, type CollectedSpan } from './startCollector.ts';
import { startWhole } from './startWhole.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CLIENT = 'b7ad6b7169203331';
const MARKER = 'org-hoi-nct-viet-nam';
const ASKED = {
  query: `query($id: ID!) { organization(id: $id) { recognitionsIssued { totalCount } } }`,
  variables: { id: MARKER },
};

/** The names from the client down to a span. */
function wayTo(span: CollectedSpan, all: readonly CollectedSpan[]): string[] {
  const parent = all.find(({ spanId }) => spanId === span.parentSpanId);
  const above = parent ? wayTo(parent, all) : [span.parentSpanId ?? 'none'];
  return [...above, `${span.service}: ${span.name}`];
}

it('one trace leads from the client through the gateway and a subgraph to MongoDB', async () => {
  const { endpoint, spans } = await startCollector();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_BSP_SCHEDULE_DELAY: '100' };
  const whole = await startWhole({ ...env, OTEL_SERVICE_NAME: 'whole' });
  const sdl = ['organizations', 'campaigns', 'recognitions'].reduce(
    (text, _name, index) =>
      text.replaceAll(`http://127.0.0.1:${4001 + index}/graphql`, whole.subgraphs[index] ?? ''),
    readFileSync('schema/supergraph.graphql', 'utf8'),
  );
  const gateway = await startGatewayProcess(await writeTemporary(sdl), env);
  const headers = { traceparent: `00-${TRACE}-${CLIENT}-01`, tracestate: 'vendor=1' };

  for (const [url, ways] of [
    [
      gateway.url,
      [
        [CLIENT, 'antq-gateway: query', 'antq-gateway: plan'],
        [
          CLIENT,
          'antq-gateway: query',
          'antq-gateway: fetch recognitions',
          'whole: query',
          'whole: aggregate recognitions',
        ],
      ],
    ],
    [
      whole.url,
      [[CLIENT, 'whole: query', 'whole: fetch recognitions', 'whole: aggregate recognitions']],
    ],
  ] as const) {
    spans.length = 0;
    const answer = await send(url, ASKED, headers);
    expect(await answer.json()).toHaveProperty('data.organization.recognitionsIssued.totalCount');
    const found = () => {
      const ours = spans.filter(({ traceId }) => traceId === TRACE);
      return ours.map((span) => wayTo(span, ours));
    };
    await expect
      .poll(found, { timeout: 20_000 })
      .toEqual(expect.arrayContaining(ways.map((way) => [...way])));
  }
  const command = spans.find(({ name }) => name === 'aggregate recognitions');
  expect(command?.attributes).toMatchObject({
    'db.system.name': 'mongodb',
    'db.collection.name': 'recognitions',
  });
  for (const { text } of spans) expect(text).not.toContain(MARKER);
});

it('requests do not suffer when the collector is gone', async () => {
  const gone = new URL(await closedUrl()).origin;
  const gateway = await startGatewayProcess(await createSupergraph(), {
    OTEL_EXPORTER_OTLP_ENDPOINT: gone,
    OTEL_BSP_SCHEDULE_DELAY: '50',
    OTEL_EXPORTER_OTLP_TIMEOUT: '1000',
  });
  for (let asked = 0; asked < 100; asked++) {
    const answer = await send(gateway.url, { query: QUERY });
    expect((await answer.text()).trim()).toBe(EXPECTED);
  }
  await expect
    .poll(gateway.script.output, { timeout: 60_000 })
    .toContain('the collector takes none');
  expect((await (await send(gateway.url, { query: QUERY })).text()).trim()).toBe(EXPECTED);
  gateway.script.process.kill('SIGTERM');
  expect(await gateway.script.ended).toBe(0);
});

const OURS = ['sdk-trace-base', 'sdk-trace', 'exporter-trace-otlp-http'];
const LOADED = `process.on('exit', () => {
  const files = Object.keys(require('module')._cache);
  require('fs').writeSync(2, 'loaded ' + files.join(' ') + '\\n');
});`;

it('without the setting nothing of it is loaded; with it, it is', async () => {
  const probe = await writeTemporary(LOADED);
  const collector = await startCollector();
  const loadedWith = async (env: Record<string, string>) => {
    const gateway = await startGatewayProcess(await createSupergraph(), {
      NODE_OPTIONS: `--require ${probe}`,
      ...env,
    });
    gateway.script.process.kill('SIGTERM');
    await gateway.script.ended;
    const [line = ''] = /^loaded .*fastify.*$/m.exec(gateway.script.output()) ?? [];
    expect(line).not.toBe('');
    return OURS.filter((name) =>
      line.includes(`${process.cwd()}/node_modules/@opentelemetry/${name}/`),
    );
  };
  expect(await loadedWith({})).toEqual([]);
  expect(await loadedWith({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint })).toEqual(OURS);
});

it('with the setting and without the packages, one line says what to do', async () => {
  const hooks = `export async function resolve(specifier, context, next) {
    if (!specifier.startsWith('@opentelemetry/sdk-trace')) return next(specifier, context);
    throw Object.assign(new Error('not there'), { code: 'ERR_MODULE_NOT_FOUND' });
  }`;
  const toUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
  const register = `import { register } from 'node:module'; register(${JSON.stringify(toUrl(hooks))});`;
  const starting = startGatewayProcess(await createSupergraph(), {
    NODE_OPTIONS: `--import ${toUrl(register)}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
  });
  await expect(starting).rejects.toThrow(
    /packages that traces need are not installed: run "npm ci"/,
  );
});
