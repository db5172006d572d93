import { beforeAll, describe, expect, it } from 'vitest';
import { checkSubgraph } from '../../../scripts/subgraph/checkSubgraph.ts';
import { printReport } from '../../../scripts/subgraph/printReport.ts';
import { readSubgraph } from '../../../scripts/subgraph/readSubgraph.ts';
import { UsageError } from '../../../scripts/UsageError.ts';
import { createFolder, goodSdl, serve, serveSdl, stable, withLink } from './kit.ts';

const folder = await createFolder();
let good: string;

beforeAll(async () => {
  good = await folder.write('duty.graphql', goodSdl);
});

/** Checks as the command does; the slowness of this machine is no matter here. */
async function check(schema: string, url?: string, timeout?: string) {
  const flags = { name: 'duty', schema, url, timeout, graph: folder.path, 'slow-ms': '60000' };
  const report = await checkSubgraph(await readSubgraph(flags));
  return { ok: report.ok, output: stable(printReport(report), [`${folder.path}/`, '']) };
}

describe('subgraph:check', () => {
  it('says of a good subgraph what was tried', async () => {
    const { url } = await serveSdl(goodSdl);
    expect(await check(good, url)).toMatchInlineSnapshot(`
      {
        "ok": true,
        "output": "  ok   schema
               read from duty.graphql
        ok   compose
               composes with organizations, campaigns, recognitions
        ok   changes
               adds Query.dutyReports, Organization.dutyReports, DutyReport
        ok   gateway
               our gateway asked http://127.0.0.1:PORT/graphql for Query.dutyReports, Organization.dutyReports, DutyReport.title
        ok   reach
               a GraphQL service answers at http://127.0.0.1:PORT/graphql
        ok   service
               the running subgraph has the SDL that was checked
        ok   entities
               Organization by "id": 50 at once came in their order
               DutyReport by "id": 50 at once came in their order
        ok   latency
               of 20 calls half took N ms or less, 95 % took N ms or less
        ok   http
               warning: a request of content type text/plain is carried out, so that any web page could send one: answer those with status 415

      "duty" is good",
      }
    `);
  });

  it('without a server checks the SDL alone, and says so', async () => {
    expect(await check(good)).toMatchInlineSnapshot(`
      {
        "ok": true,
        "output": "  ok   schema
               read from duty.graphql
        ok   compose
               composes with organizations, campaigns, recognitions
        ok   changes
               adds Query.dutyReports, Organization.dutyReports, DutyReport
        ok   gateway
               our gateway asked made-up data for Query.dutyReports, Organization.dutyReports, DutyReport.title
         –   reach, service, entities, latency, http: no --url was given

      "duty" is good",
      }
    `);
  });

  it('bad 1: it does not compose', async () => {
    const file = await folder.write(
      'taken.graphql',
      withLink('type Query { organization(id: ID!): String }'),
    );
    expect(await check(file)).toMatchInlineSnapshot(`
      {
        "ok": false,
        "output": "  ok   schema
               read from taken.graphql
       FAIL  compose
               error: Type of field "Query.organization" is incompatible across subgraphs: it has type "String" in subgraph "duty" but type "Organization" in subgraph "organizations"
                 → give the field the type that it has in the other subgraphs
               error: Non-shareable field "Query.organization" is resolved from multiple subgraphs: it is resolved from subgraphs "duty" and "organizations" and defined as non-shareable in all of them
                 → another subgraph has this field already: give it a name of your own, or mark it @shareable in both
         –   changes, gateway: it does not compose
         –   reach, service, entities, latency, http: no --url was given

      "duty" is not good: compose",
      }
    `);
  });

  it('bad 2: it breaks saved operations', async () => {
    const file = await folder.write(
      'breaks.graphql',
      withLink(`type Query { dutyHours: Int }
type LocalizedText @shareable { vi: String }
type Inference @shareable { confidence: Confidence }
enum Confidence { HIGH MEDIUM LOW }`),
    );
    expect(await check(file)).toMatchInlineSnapshot(`
      {
        "ok": false,
        "output": "  ok   schema
               read from breaks.graphql
        ok   compose
               composes with organizations, campaigns, recognitions
       FAIL  changes
               error: Field \`LocalizedText.vi\` changed type from \`String!\` to \`String\`: breaks ActivitiesLive (schema/operations/ActivitiesLive.graphql:15), AdministrativeUnits (schema/operations/AdministrativeUnits.graphql:14), DashboardCampaigns (schema/operations/DashboardCampaigns.graphql:21), DashboardRecognitions (schema/operations/DashboardRecognitions.graphql:22), DashboardSourcesOfEvent (schema/operations/DashboardSourcesOfEvent.graphql:13), DashboardSourcesOfOutcomes (schema/operations/DashboardSourcesOfOutcomes.graphql:15), DashboardSourcesOfRecognitions (schema/operations/DashboardSourcesOfRecognitions.graphql:19), OrganizationDashboard (schema/operations/OrganizationDashboard.graphql:12), OrganizationsOfLevel (schema/operations/OrganizationsOfLevel.graphql:14), Outcomes (schema/operations/Outcomes.graphql:13), OutcomesByProvince (schema/operations/OutcomesByProvince.graphql:12), OutcomesLive (schema/operations/OutcomesLive.graphql:15), Participations (schema/operations/Participations.graphql:13), ProgrammesOfOrganization (schema/operations/ProgrammesOfOrganization.graphql:12), Recognitions (schema/operations/Recognitions.graphql:13), RecognitionsLive (schema/operations/RecognitionsLive.graphql:15)
               warning: Field \`Inference.confidence\` changed type from \`Confidence!\` to \`Confidence\`: breaking, but no saved operation uses it
               adds Query.dutyHours
        ok   gateway
               our gateway asked made-up data for Query.dutyHours, LocalizedText.vi, Inference.confidence
         –   reach, service, entities, latency, http: no --url was given

      "duty" is not good: changes",
      }
    `);
  });

  it('bad 3: the running one has another SDL', async () => {
    const { url } = await serveSdl(
      goodSdl.replace('title: String!', 'title: String\n  signedBy: String'),
    );
    expect(await check(good, url)).toMatchInlineSnapshot(`
      {
        "ok": false,
        "output": "  ok   schema
               read from duty.graphql
        ok   compose
               composes with organizations, campaigns, recognitions
        ok   changes
               adds Query.dutyReports, Organization.dutyReports, DutyReport
        ok   gateway
               our gateway asked http://127.0.0.1:PORT/graphql for Query.dutyReports, Organization.dutyReports, DutyReport.title
        ok   reach
               a GraphQL service answers at http://127.0.0.1:PORT/graphql
       FAIL  service
               error: \`DutyReport.signedBy\` is in http://127.0.0.1:PORT/graphql but not in duty.graphql
               error: \`DutyReport.title\` is "title: String!" in duty.graphql but "title: String" in http://127.0.0.1:PORT/graphql
               check the SDL that runs: save what { _service { sdl } } gives as duty.graphql, or restart the server with the file
        ok   entities
               Organization by "id": 50 at once came in their order
               DutyReport by "id": 50 at once came in their order
        ok   latency
               of 20 calls half took N ms or less, 95 % took N ms or less
        ok   http
               warning: a request of content type text/plain is carried out, so that any web page could send one: answer those with status 415

      "duty" is not good: service",
      }
    `);
  });

  it('bad 4: entities come in the wrong order', async () => {
    const { url } = await serveSdl(goodSdl, (entities) => entities.reverse());
    expect(await check(good, url)).toMatchInlineSnapshot(`
      {
        "ok": false,
        "output": "  ok   schema
               read from duty.graphql
        ok   compose
               composes with organizations, campaigns, recognitions
        ok   changes
               adds Query.dutyReports, Organization.dutyReports, DutyReport
        ok   gateway
               our gateway asked http://127.0.0.1:PORT/graphql for Query.dutyReports, Organization.dutyReports, DutyReport.title
        ok   reach
               a GraphQL service answers at http://127.0.0.1:PORT/graphql
        ok   service
               the running subgraph has the SDL that was checked
       FAIL  entities
               error: Organization by "id": at place 0 stands {"__typename":"Organization","id":"no-such-record-50"}, but asked for was {"__typename":"Organization","id":"no-such-record-1"}: answer in the order of the representations
               error: DutyReport by "id": at place 0 stands {"__typename":"DutyReport","id":"no-such-record-50"}, but asked for was {"__typename":"DutyReport","id":"no-such-record-1"}: answer in the order of the representations
        ok   latency
               of 20 calls half took N ms or less, 95 % took N ms or less
        ok   http
               warning: a request of content type text/plain is carried out, so that any web page could send one: answer those with status 415

      "duty" is not good: entities",
      }
    `);
  });

  it('bad 4, again: unknown entities are left out', async () => {
    const { url } = await serveSdl(goodSdl, (entities) => entities.slice(0, 30));
    expect(await check(good, url)).toMatchInlineSnapshot(`
      {
        "ok": false,
        "output": "  ok   schema
               read from duty.graphql
        ok   compose
               composes with organizations, campaigns, recognitions
        ok   changes
               adds Query.dutyReports, Organization.dutyReports, DutyReport
        ok   gateway
               our gateway asked http://127.0.0.1:PORT/graphql for Query.dutyReports, Organization.dutyReports, DutyReport.title
        ok   reach
               a GraphQL service answers at http://127.0.0.1:PORT/graphql
        ok   service
               the running subgraph has the SDL that was checked
       FAIL  entities
               error: Organization by "id": 50 representations were answered by 30 records: give one for each, null for those that are not there
               error: DutyReport by "id": 50 representations were answered by 30 records: give one for each, null for those that are not there
        ok   latency
               of 20 calls half took N ms or less, 95 % took N ms or less
        ok   http
               warning: a request of content type text/plain is carried out, so that any web page could send one: answer those with status 415

      "duty" is not good: entities",
      }
    `);
  });

  it('bad 5: nothing listens there', async () => {
    const server = await serveSdl(goodSdl);
    await server.close();
    expect(await check(good, server.url)).toMatchInlineSnapshot(`
      {
        "ok": false,
        "output": "  ok   schema
               read from duty.graphql
        ok   compose
               composes with organizations, campaigns, recognitions
        ok   changes
               adds Query.dutyReports, Organization.dutyReports, DutyReport
        ok   gateway
               our gateway asked made-up data for Query.dutyReports, Organization.dutyReports, DutyReport.title
       FAIL  reach
               error: http://127.0.0.1:PORT/graphql does not answer (ECONNREFUSED): nothing listens there: start the subgraph, or correct --url
         –   service, entities, latency, http: the subgraph does not answer

      "duty" is not good: reach",
      }
    `);
  });

  it('bad 5, again: a web page answers', async () => {
    const { url } = await serve((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><h1>Welcome</h1>');
    });
    expect(await check(good, url)).toMatchInlineSnapshot(`
      {
        "ok": false,
        "output": "  ok   schema
               read from duty.graphql
        ok   compose
               composes with organizations, campaigns, recognitions
        ok   changes
               adds Query.dutyReports, Organization.dutyReports, DutyReport
        ok   gateway
               our gateway asked made-up data for Query.dutyReports, Organization.dutyReports, DutyReport.title
       FAIL  reach
               error: http://127.0.0.1:PORT/graphql answers with status 200, text/html: "<!doctype html><h1>Welcome</h1>"; that is a web page: --url must be the GraphQL endpoint, which often ends in /graphql
         –   service, entities, latency, http: the subgraph does not answer

      "duty" is not good: reach",
      }
    `);
  });

  it('bad 5, once more: it never answers', async () => {
    const { url } = await serve(() => {});
    expect(await check(good, url, '300')).toMatchInlineSnapshot(`
      {
        "ok": false,
        "output": "  ok   schema
               read from duty.graphql
        ok   compose
               composes with organizations, campaigns, recognitions
        ok   changes
               adds Query.dutyReports, Organization.dutyReports, DutyReport
        ok   gateway
               our gateway asked made-up data for Query.dutyReports, Organization.dutyReports, DutyReport.title
       FAIL  reach
               error: http://127.0.0.1:PORT/graphql did not answer within 300 ms: find out what it waits for, or give it longer with --timeout
         –   service, entities, latency, http: the subgraph does not answer

      "duty" is not good: reach",
      }
    `);
  });

  it('a file that is no SDL is named with line and column', async () => {
    const file = await folder.write(
      'half.graphql',
      withLink('type Query {\n  reports: [Report!\n}'),
    );
    const { ok, output } = await check(file);
    expect(ok).toBe(false);
    expect(output).toContain('error: half.graphql:5:1 Syntax Error: Expected "]", found "}".');
  });

  it.each([
    [{}, '--name is missing'],
    [{ name: 'duty' }, 'give --schema FILE, or --url URL'],
    [{ name: 'Duty!', schema: 'x' }, `"Duty!" can't be the name of a subgraph`],
    [{ name: 'campaigns', schema: 'x' }, `"campaigns" is one of the graph's own subgraphs`],
    [{ name: 'duty', schema: 'nowhere.graphql' }, "nowhere.graphql can't be read (ENOENT)"],
    [{ name: 'duty', url: 'localhost:4010' }, '"localhost:4010" is no HTTP address'],
    [{ name: 'duty', schema: 'x', id: ['org'] }, '--id must be such as Organization='],
    [{ name: 'duty', schema: 'x', timeout: 'soon' }, '--timeout must be a whole number'],
  ])('wrong usage %j is refused with a reason', async (flags, message) => {
    await expect(readSubgraph(flags)).rejects.toThrow(message);
    await expect(readSubgraph(flags)).rejects.toBeInstanceOf(UsageError);
  });
});
