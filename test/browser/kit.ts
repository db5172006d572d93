import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { readGatewayConfig } from '../../gateway/config.ts';
import { startGateway } from '../../gateway/gateway.ts';
import { ensurePages } from '../../scripts/pages/ensurePages.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import { cleanUp, temporaryFolder, writeTemporary } from '../gateway/kit.ts';
import { serveSubgraphs } from '../helpers/serveSubgraphs.ts';

/** Debian's Chromium, or another one. */
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Where pictures for the docs are put, when they are wanted: `npm run screenshots`. */
const SCREENSHOTS = process.env['SCREENSHOTS'];

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });

/** The graph over HTTP with its pages, for a file of tests. */
export async function startSite() {
  await ensurePages((line) => console.log(line));
  const served = await serveSubgraphs();
  const supergraph = await served.supergraph();
  const file = await writeTemporary(supergraph);
  const gateway = await startGateway(
    readGatewayConfig({
      PORT: '0',
      LOG_LEVEL: 'silent',
      SUPERGRAPH_FILE: file,
      LAST_GOOD_DIR: temporaryFolder(),
      SUBGRAPH_TIMEOUT_MS: '30000',
    }),
  );
  const campaigns = subgraphs.find(({ name }) => name === 'campaigns');
  if (!campaigns) throw new Error('no campaigns');
  return {
    origin: new URL(gateway.url).origin,
    stop: served.stop,
    /** Changes what a page shows, as an import by another service would. */
    outcomes: campaigns.database.collection<{
      _id: string;
      value: number;
      measure: { value: number };
    }>('outcomes'),
    async close() {
      await gateway.close();
      await served.close();
    },
  };
}

/** What a page did. */
export interface Watched {
  page: Page;
  /** Addresses of requests to anywhere else. */
  external: string[];
  /** How often GraphQL was asked by POST. */
  asked(): number;
}

/** Opens a page. A script that fails in it, or a policy that it breaks, fails the test. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  const external: string[] = [];
  const faults: string[] = [];
  let asked = 0;
  const { origin, host } = new URL(url);
  page.on('request', (request) => {
    const address = request.url();
    if (request.method() === 'POST' && address === `${origin}/graphql`) asked += 1;
    if (!/^(data|blob):/.test(address) && new URL(address).host !== host) external.push(address);
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== host) external.push(socket.url());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // Of a subgraph that is away the page itself says enough; the browser notes each failed request.
    if (message.type() === 'error' && !/Failed to load resource|WebSocket/.test(message.text())) {
      faults.push(message.text());
    }
  });
  onTestFinished(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });
  await page.goto(url);
  return { page, external, asked: () => asked };
}

/** What axe-core finds that keeps people out: serious and critical, as `rule: element`. */
export async function findBarriers(page: Page, exclude: string[] = []): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (without) => {
    const { axe: own } = window as unknown as { axe: typeof axe };
    const { violations } = await own.run({ exclude: without.map((each) => [each]) });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  }, exclude);
}

/** How much wider than the window the page is, in pixels. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** Takes a picture for the docs, when those are wanted. */
export async function shoot(page: Page, name: string, isWhole = false): Promise<void> {
  if (!SCREENSHOTS) return;
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: isWhole });
}

export { cleanUp };
