/** A scrape: the value of each series, by the line's text before it. */
export type Scrape = ReadonlyMap<string, number>;

/** Reads what a server measures, as Prometheus does. */
export async function scrape(root: string, headers: Record<string, string> = {}): Promise<Scrape> {
  const response = await fetch(`${root}/metrics`, { headers });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`status ${response.status}: ${text}`);
  return readScrape(text);
}

export function readScrape(text: string): Scrape {
  const lines = text.split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

/** The names of the metrics of a scrape. */
export const namesIn = (values: Scrape): ReadonlySet<string> =>
  new Set([...values.keys()].map((series) => series.replace(/\{.*/, '')));
