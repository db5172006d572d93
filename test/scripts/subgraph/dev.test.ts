import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { composeSubgraphs } from '../../../scripts/schema/composition.ts';
import { composedServices } from '../../../scripts/schema/generatedFiles.ts';
import { serveMock } from '../../../scripts/subgraph/mock/serveMock.ts';
import { post } from '../../helpers/graph.ts';
import { startScript } from '../../helpers/startScript.ts';
import { createFolder, goodSdl, serveSdl } from './kit.ts';

const folder = await createFolder();

it('subgraph:dev follows the schema, and keeps the last good one', async () => {
  const services = await Promise.all(
    composedServices().map(async (service) => {
      const server = await serveMock(service.name, service.typeDefs, { port: 0 });
      onTestFinished(() => server.close());
      return { ...service, url: server.url };
    }),
  );
  const supergraph = await folder.write(
    'supergraph.graphql',
    composeSubgraphs(services).supergraph,
  );
  let sdl = goodSdl;
  const mine = await serveSdl(() => sdl);
  const dev = startScript('scripts/subgraphDev.ts', { LOG_LEVEL: 'error' }, [
    ...['--name', 'duty', '--url', mine.url, '--port', '0', '--every', '50'],
    ...['--supergraph', supergraph, '--graph', join(folder.path, 'graph')],
  ]);
  const url = (await dev.line(/^ready /)).slice('ready '.length);
  const ask = (field: string) =>
    post(url, `{ organization(id: "org-x") { id level dutyReports { ${field} } } }`);
  const text = expect.any(String) as string;
  const answer = (field: string) => ({
    data: {
      organization: {
        id: 'org-x',
        level: text,
        dutyReports: [{ [field]: text }, { [field]: text }],
      },
    },
  });
  expect(await ask('title')).toEqual(answer('title'));

  sdl = goodSdl.replace('title:', 'subject:');
  await dev.line(/^the graph has the changed schema of "duty"$/);
  expect(await ask('subject')).toEqual(answer('subject'));

  sdl = goodSdl.replace('dutyReports: [DutyReport!]!', 'sources: Int');
  await dev.line(/^the last good graph stays: the subgraphs do not compose$/);
  expect(dev.output()).toContain('Query.sources');
  sdl = goodSdl.replace('title:', 'subject:');
  await dev.line(/^"duty" is as the graph has it again$/);
  expect(await ask('subject')).toEqual(answer('subject'));

  await mine.close();
  await dev.line(/^the last good graph stays: .*nothing listens there: start the subgraph/);
  dev.process.kill('SIGTERM');
  expect(await dev.ended).toBe(0);
});

it('subgraph:dev ends with a reason when there is nothing to begin with', async () => {
  const mine = await serveSdl(goodSdl);
  await mine.close();
  const dev = startScript('scripts/subgraphDev.ts', {}, [
    ...['--name', 'duty', '--url', mine.url, '--port', '0', '--graph', folder.path],
  ]);
  expect(await dev.ended).toBe(1);
  expect(dev.output()).toContain('nothing listens there: start the subgraph, or correct --url');
});
