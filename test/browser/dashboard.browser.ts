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

const open = async (search = '', options = {}) => {
  const watched = await openPage(browser, `${site.origin}/dashboard${search}`, options);
  await watched.page.locator('.card.loading').first().waitFor({ state: 'detached' });
  return watched;
};

it('shows the movement with two requests, and none to anywhere else', async () => {
  const { page, external, asked } = await open();
  expect(asked()).toBe(2);
  const tiles = await page.locator('.glance div').allInnerTexts();
  expect(tiles.map((tile) => tile.replace('\n', ' '))).toEqual([
    'chương trình 9',
    'sự kiện 9',
    'mô hình ở cơ sở 24',
    'số liệu kết quả 28',
    'tập thể được khen 193–199',
    'cá nhân được khen 424–431',
  ]);
  expect(await page.getByRole('link', { name: /^Tờ rơi tuyên truyền: 100\.000 tờ/ }).count()).toBe(
    1,
  );
  expect(await page.getByText('105/CTPH-HNCT-BCA · 2016 - 2020').count()).toBe(1);
  await page.locator('.live.on').waitFor();
  expect(external).toEqual([]);
  const bytes = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => /\.(js|css)$/.test(name))
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  );
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(120_000);
  expect(await findBarriers(page)).toEqual([]);
  await shoot(page, 'dashboard', true);
});

it('a bar leads to its sources by mouse and keyboard, and back', async () => {
  const { page } = await open();
  await page.getByRole('link', { name: /^Giấy khen, tập thể: 19–25/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Nguồn' });
  await dialog.getByText('Các nguồn mâu thuẫn').first().waitFor();
  expect(page.url()).toContain('show=form%7EGIAY_KHEN');
  expect(await findBarriers(page)).toEqual([]);
  await shoot(page, 'dashboard-sources');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe('');

  await page.getByRole('link', { name: /^Hòm thư tố giác tội phạm: 729/ }).focus();
  await page.keyboard.press('Enter');
  await dialog.getByText('Báo Thái Bình, 21/02/2022').waitFor();
  await page.goBack();
  await dialog.waitFor({ state: 'detached' });
});

it('filters stand in the address, for links, and go back', async () => {
  const { page } = await open();
  await page.getByLabel('Tỉnh, thành phố').selectOption({ label: 'Tỉnh Cà Mau' });
  await page.getByText('Tỉnh Cà Mau · 2022').waitFor();
  await page.getByText('Tỉnh Thái Bình · 2021').waitFor({ state: 'detached' });
  const address = page.url();
  await page.goBack();
  await page.getByText('Tỉnh Thái Bình · 2021').waitFor();

  const { page: other } = await open(new URL(address).search);
  expect(await other.getByLabel('Tỉnh, thành phố').inputValue()).toBe('place-tinh-ca-mau');
  expect(await other.getByText('Tỉnh Thái Bình · 2021').count()).toBe(0);
});

it('says so when there is nothing', async () => {
  const { page } = await open('?year=1999');
  expect(await page.getByText('Không có số liệu nào cho bộ lọc này.').count()).toBeGreaterThan(3);
  await shoot(page, 'dashboard-empty');
  await page.getByRole('button', { name: 'Bỏ lọc' }).click();
  await page.getByText('Tỉnh Thái Bình · 2021').waitFor();
});

const TIP_BOXES = 'out-tb-hom-thu-to-giac';
const publish = (value: number) =>
  site.outcomes.updateOne({ _id: TIP_BOXES }, { $set: { value, 'measure.value': value } });
const tipBoxes = (page: Page, value: number) =>
  page.getByRole('link', { name: `Hòm thư tố giác tội phạm: ${value} hòm thư` });

it('a change is there without anybody asking', async () => {
  const { page } = await open();
  await page.locator('.live.on').waitFor();
  await tipBoxes(page, 729).waitFor();
  for (const value of [730, 729]) {
    await publish(value);
    await tipBoxes(page, value).waitFor();
  }
});

it('a change between the first questions and the moment that changes are followed is there too', async () => {
  const { page } = await openPage(browser, `${site.origin}/status`);
  let follow = () => {};
  const mayFollow = new Promise<void>((resolve) => (follow = resolve));
  await page.routeWebSocket(/graphql/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      if (!String(message).includes('"subscribe"')) server.send(message);
      else void mayFollow.then(() => server.send(message));
    });
  });
  await page.goto(`${site.origin}/dashboard`);
  await tipBoxes(page, 729).waitFor();
  await publish(730);
  expect(await page.locator('.live.on').count()).toBe(0);
  follow();
  await tipBoxes(page, 730).waitFor();
  await publish(729);
  await tipBoxes(page, 729).waitFor();
});

it('speaks English', async () => {
  const { page } = await open('?lang=en');
  await page.getByRole('link', { name: /^Certificate of merit, individuals: 241/ }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  const outside = await page.evaluate(() =>
    [...document.querySelectorAll('.chart')].flatMap((chart) => {
      const { left, right } = chart.getBoundingClientRect();
      return [...chart.querySelectorAll('text')]
        .filter((label) => {
          const box = label.getBoundingClientRect();
          return box.left < left - 1 || box.right > right + 1;
        })
        .map(({ textContent }) => textContent);
    }),
  );
  expect(outside).toEqual([]);
});

it('is whole on a phone, in the dark, and on paper', async () => {
  const { page } = await open('', {
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
  });
  expect(await overflowOf(page)).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
  await shoot(page, 'dashboard-phone');
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('button', { name: 'In', exact: true }).isVisible()).toBe(false);
  expect(await page.getByText('Tỉnh Thái Bình · 2021').isVisible()).toBe(true);
  expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(20_000);
});

it('shows what there is when a service is down, and all when it is back', async () => {
  const start = await site.stop('recognitions');
  try {
    const { page } = await openPage(browser, `${site.origin}/dashboard`);
    await page.getByText('Một phần dữ liệu tạm thời không có').waitFor();
    expect(await page.getByText('Phần này tạm thời không tải được.').count()).toBe(2);
    expect(await page.getByText('Tỉnh Thái Bình · 2021').count()).toBe(1);
    expect(await findBarriers(page)).toEqual([]);
    await shoot(page, 'dashboard-partial');
    await start();
    await expect
      .poll(
        async () => {
          const again = page.getByRole('button', { name: 'Thử lại' });
          if (await again.isVisible()) await again.click();
          return page.getByRole('link', { name: /^Bằng khen, cá nhân/ }).count();
        },
        { timeout: 30_000, interval: 500 },
      )
      .toBe(1);
  } finally {
    await start().catch(() => undefined);
  }
});

it('places that can’t be named are not taken for the country', async () => {
  const start = await site.stop('organizations');
  try {
    const { page } = await openPage(browser, `${site.origin}/dashboard`);
    await page
      .getByText(/Chưa tải được tên địa phương/)
      .first()
      .waitFor();
    expect(await page.getByText('Cả nước, vùng').count()).toBe(0);
  } finally {
    await start();
  }
});

it('says so when nothing can be had', async () => {
  const { page } = await open();
  await page.context().setOffline(true);
  await page.getByLabel('Năm', { exact: true }).selectOption('2022');
  await page.getByText('Không tải được dữ liệu.').waitFor();
});
