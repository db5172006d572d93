import { it } from 'vitest';
import { startGraph } from '../helpers/graph.ts';
import { createRecords } from '../helpers/factories.ts';
import { recognitionTotals } from '../helpers/sums.ts';
import { subgraphs } from '../../subgraphs/index.ts';
it('x', async () => {
  let t = performance.now();
  const lap = (n: string) => { console.log(n, (performance.now() - t).toFixed(0)); t = performance.now(); };
  const graph = await startGraph(); lap('start');
  for (let i = 0; i < 3; i++) {
  const r = createRecords(); const c = r.createCampaign().id; r.createRecognition({campaign: c});
  lap('make');
  await r.store(); lap('store');
  await recognitionTotals(graph, {campaignIds: [c]}); lap('ask');
  await recognitionTotals(graph, {campaignIds: [c]}); lap('ask');
  }
  for (const {database} of subgraphs) { let s = performance.now(); await database.collection('x').findOne({_id: 'a' as never}); console.log('find', performance.now()-s);  s = performance.now(); await database.collection('x').insertOne({}); console.log('ins', performance.now()-s); s = performance.now(); await database.collection('x').insertOne({}); console.log('ins', performance.now()-s);}
  await graph.close(); lap('close');
});
