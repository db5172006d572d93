import { authorization } from './session.ts';
import type { LastRun } from './session.ts';

/**
 * Takes the result of an operation away as a file: the gateway makes a table of the whole, all pages of it.
 * Rejects with what the gateway says where that is not possible.
 */
export async function takeAway(
  { query, variables }: Pick<LastRun, 'query' | 'variables'>,
  extension: 'csv' | 'ndjson' | 'json' | 'parquet',
): Promise<void> {
  const response = await fetch(`/data.${extension}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization() },
    body: JSON.stringify({ query, variables }),
  });
  if (!response.ok) {
    const { errors } = (await response.json()) as { errors?: { message: string }[] };
    throw new Error(errors?.[0]?.message ?? response.statusText);
  }
  const name = /query\s+(\w+)/.exec(query)?.[1] ?? 'data';
  const address = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement('a'), {
    href: address,
    download: `${name}.${extension}`,
  });
  link.click();
  URL.revokeObjectURL(address);
}
