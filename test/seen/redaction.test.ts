import { expect, it } from 'vitest';
import { createKeys } from '../helpers/createKeys.ts';
import { startWhole } from './startWhole.ts';

const MARKER = 'TOPSECRET7';

const mutation = `mutation Add($input: CampaignCreateInput!, $source: CitationInput!) {
  campaignCreate(input: $input, source: $source) { userErrors { code } } }`;

/** Bodies of requests, each with the marker in it: right ones, wrong ones, and what is no JSON. */
const bodies = [
  JSON.stringify({ query: `{ __typename } #${MARKER}`, variables: { [MARKER]: MARKER } }),
  JSON.stringify({
    query: `query Q($search: String) { organizations(filter: { search: $search }) { totalCount } }`,
    variables: { search: MARKER },
  }),
  JSON.stringify({ query: `{ organization(id: "${MARKER}") { id } }` }),
  JSON.stringify({ query: `{ ${MARKER} }` }),
  JSON.stringify({ query: mutation, variables: { input: { id: MARKER }, source: MARKER } }),
  JSON.stringify({
    query: mutation,
    variables: {
      input: { name: { vi: MARKER }, movementId: MARKER },
      source: { sourceId: MARKER, paragraphs: [1] },
    },
  }),
  JSON.stringify({ query: `{ __typename }`, operationName: MARKER }),
  JSON.stringify({ documentId: `sha256:${MARKER}` }),
  JSON.stringify({ query: `{ campaigns(after: "${MARKER}") { totalCount } }` }),
  `{"query": "${MARKER}`,
  `"${MARKER}"`,
];

it('no key, token, variable or document is in the log, however much is logged', async () => {
  const { file, keys, remove } = await createKeys({
    editor: { agency: 'org-bo-cong-an', roles: ['editor'], scopes: ['*'] },
  });
  try {
    const { url, root, subgraphs, script } = await startWhole({
      LOG_LEVEL: 'trace',
      ACCESS_LOG: 'true',
      KEYS_FILE: file,
      TRUSTED_DOCUMENTS: 'report',
      VOUCH_SECRET: `${MARKER}${'x'.repeat(32)}`,
    });
    const credentials: Record<string, string>[] = [
      {},
      { authorization: `Bearer ${keys.editor}` },
      { 'x-api-key': keys.editor },
      { authorization: `Bearer antq_${MARKER}` },
      { authorization: `Bearer ${MARKER}.${MARKER}.${MARKER}` },
      { authorization: `Basic ${MARKER}` },
      { 'antq-viewer': MARKER },
      { cookie: `a=${MARKER}`, 'x-request-id': `<${MARKER}>` },
    ];
    let sent = 0;
    for (const at of [url, ...subgraphs]) {
      for (const shown of credentials) {
        const headers = { 'content-type': 'application/json', ...shown };
        for (const body of bodies) {
          await fetch(at, { method: 'POST', headers, body });
          sent += 1;
        }
        const search = `query={${MARKER}}&variables={"a":"${MARKER}"}`;
        await fetch(`${at}?${search}`, { headers: { ...shown, 'apollo-require-preflight': '1' } });
        sent += 1;
      }
    }
    await fetch(`${root}/${MARKER}?${MARKER}`);
    const lines = () => script.output().match(/"msg":"request"/g)?.length;
    await expect.poll(lines, { timeout: 10_000 }).toBe(sent + 1);
    expect(script.output()).not.toContain(MARKER);
    expect(script.output()).not.toContain(keys.editor);
  } finally {
    await remove();
  }
});
