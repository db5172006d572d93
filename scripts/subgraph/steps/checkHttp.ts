import { askSubgraph, post } from '../askSubgraph.ts';
import type { WireSettings } from '../CheckSettings.ts';
import { error, note, stepResult, warning, type Message, type StepResult } from '../StepResult.ts';

/** Whether it speaks GraphQL over HTTP as it should: content types, and what is no request. */
export async function checkHttp(settings: WireSettings): Promise<StepResult> {
  const messages: Message[] = [];
  const { contentType } = await askSubgraph(settings, '{ __typename }');
  if (!/^application\/(graphql-response\+)?json\b/.test(contentType)) {
    messages.push(
      error(
        `answers come as ${contentType}: set the header content-type to application/json; charset=utf-8`,
      ),
    );
  }
  const plain = await post(settings, '{"query":"{ __typename }"}', 'text/plain');
  if (plain.status < 400) {
    messages.push(
      warning(
        'a request of content type text/plain is carried out, so that any web page could send one: answer those with status 415',
      ),
    );
  }
  const broken = await post(settings, '{"query":');
  if (broken.status < 400 || broken.status >= 500) {
    messages.push(
      warning(`a body that is no JSON is answered with status ${broken.status}: it should be 400`),
    );
  }
  return stepResult('http', [
    ...messages,
    ...(messages.length ? [] : [note('content types and broken requests are handled well')]),
  ]);
}
