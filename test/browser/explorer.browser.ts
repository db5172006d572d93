import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findBarriers, openPage, overflowOf, shoot, startBrowser, startSite } from './kit.ts';

let browser: Browser;
let site: Awaited<ReturnType<typeof startSite>>;
beforeAll(async () => {
  [browser, site] = await Promise.all([startBrowser(), startSite()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const resultOf = (page: Page) => page.locator('.result-window').innerText();
/** The editor breaks lines where there is no room, and draws spaces that do not break. */
const plain = (text: string) => text.replace(/[\s\u00a0]+/g, '');

const open = async (search = '', options = {}) => {
  const watched = await openPage(browser, `${site.origin}/${search}`, options);
  await watched.page.getByText('Bấm để mở và chạy ngay').waitFor();
  return watched;
};
const runExample = async (page: Page, title: string, shows: string) => {
  await page
    .getByRole('button', { name: new RegExp(`^${title}`) })
    .first()
    .click();
  await expect
    .poll(async () => plain(await resultOf(page)), { timeout: 20_000 })
    .toContain(plain(shows));
};

it.each(['light', 'dark'] as const)(
  'runs an example by one click, and asks nobody else (%s)',
  async (colorScheme) => {
    const { page, external } = await open('', { colorScheme });
    await runExample(page, 'Chương trình phối hợp của một đơn vị', 'Hội Người cao tuổi Việt Nam');
    await page.getByRole('button', { name: 'Kế hoạch truy vấn' }).click();
    await page.locator('.step').first().waitFor();
    const steps = await page.locator('.step').allInnerTexts();
    expect(steps.length).toBeGreaterThanOrEqual(3);
    expect(steps.join(' ')).toMatch(/organizations[\s\S]*campaigns/);
    await shoot(page, `explorer-${colorScheme}`);
    expect(external).toEqual([]);
    // What is GraphiQL's own answers for itself: its editor, tabs and menus.
    const others = ['.monaco-editor', '.graphiql-tabs', '.graphiql-toolbar'];
    expect(await findBarriers(page, others)).toEqual([]);
  },
);

it('a figure leads to its source', async () => {
  const { page } = await open();
  await runExample(page, 'Mọi số liệu đã công bố', '"asPrinted"');
  await page.locator('.result-window').getByText('1225', { exact: true }).first().click();
  await page.locator('.source').first().waitFor();
  expect(await page.locator('.source').first().innerText()).toContain('đoạn');
  await shoot(page, 'explorer-source');
});

it('draws who gives what', async () => {
  const { page } = await open();
  await page.getByRole('button', { name: 'Sơ đồ dữ liệu' }).click();
  await page.locator('.entity').first().waitFor();
  expect(await page.locator('.entity').allTextContents()).toEqual(
    expect.arrayContaining([expect.stringContaining('Activity')]),
  );
  await shoot(page, 'explorer-map');
});

it('gives a result as a table, with its marks', async () => {
  const { page } = await open();
  await runExample(page, 'Các nguồn', 'Báo Thái Bình');
  const tools = page.locator('.graphiql-toolbar');
  await tools.getByTitle('Tải kết quả thành bảng').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV' }).click(),
  ]);
  const stream = await download.createReadStream();
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  expect(text.charCodeAt(0)).toBe(0xfeff);
  expect(text).toContain('Báo Thái Bình');
});

it('a subscription shows events as they come', async () => {
  const { page } = await open();
  await page.getByRole('button', { name: 'Trực tiếp: kết quả thay đổi' }).first().click();
  await page.getByRole('button', { name: /Stop|Dừng/ }).waitFor();
  await expect
    .poll(
      async () => {
        await site.outcomes.updateOne({ _id: 'out-tb-to-roi' }, { $inc: { touched: 1 } });
        return plain(await resultOf(page));
      },
      { timeout: 20_000, interval: 500 },
    )
    .toContain(plain('Tờ rơi tuyên truyền'));
});

it('a link holds the operation, and a key nothing keeps', async () => {
  const query = '{ sources(first: 1) { totalCount } }';
  const { page } = await open(`#${new URLSearchParams({ query })}`);
  await expect
    .poll(async () => plain(await page.locator('.graphiql-editors').innerText()))
    .toContain('totalCount');
  await page.getByRole('button', { name: 'Khóa truy cập' }).click();
  await page.getByLabel(/Khóa/).last().fill('antq_secret');
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(kept).not.toContain('antq_secret');
});

it('fits a phone', async () => {
  const { page } = await open('', { viewport: { width: 390, height: 844 } });
  expect(await overflowOf(page)).toBe(0);
  await shoot(page, 'explorer-phone');
});

it('the tables are a page too', async () => {
  const { page, external } = await openPage(browser, `${site.origin}/data`);
  await page.getByText('Mọi số liệu đã công bố').first().waitFor();
  expect(external).toEqual([]);
  expect(await findBarriers(page)).toEqual([]);
  expect(await overflowOf(page)).toBe(0);
});
