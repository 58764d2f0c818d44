// What every page owes everybody: little to load, and nothing that shuts somebody out.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import type { Browser, Page } from 'playwright-core';

import { findings } from './axe.ts';
import { base, fillForm, isLive, launch, signedIn, visitor } from './kit.ts';

/** What a page may weigh. The dashboard and a lead are heavier than the 150 kB they should have: docs/web.md says with what. */
const limitOf = (address: string): number => (address === '/' ? 152_000 : address.startsWith('/leads/') ? 160_500 : 150_000);
let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

const aLead = async (): Promise<string> => {
  const { page, context } = await signedIn(browser, 'manager', '/leads?status=qualified');
  const id = await page.locator('[data-lead]').first().getAttribute('data-lead');
  await context.close();
  return `/leads/${id ?? ''}`;
};

/** The bytes of JavaScript, as they came over the wire, that a fresh browser loads by itself for an address. */
async function weigh(address: string, name: string | null): Promise<number> {
  const { page } = name === null ? await visitor(browser) : await signedIn(browser, name, '/not-there');
  const sizes: Promise<number>[] = [];
  // The first page has come to rest, and left nothing behind that would make the second look light.
  await page.waitForLoadState('networkidle');
  await page.goto('about:blank');
  const cleared = await page.context().newCDPSession(page);
  await cleared.send('Network.clearBrowserCache');
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script') sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto(base + address);
  if (name !== null) await isLive(page);
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(500);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

test('a page opened directly stays within its weight of JavaScript, with all that follows by itself', async (t) => {
  const pages: [string, string | null][] = [
    ['/sign-in', null], ['/f', null], ['/f/KY', null], ['/', 'manager'], ['/leads', 'manager'], [await aLead(), 'manager'],
  ];
  const over: string[] = [];
  for (const [address, name] of pages) {
    const bytes = await weigh(address, name);
    t.diagnostic(`${address} ${(bytes / 1000).toFixed(1)} kB`);
    assert.ok(bytes > 50_000, `${address} loads its code`);
    if (bytes > limitOf(address)) over.push(`${address} ${bytes}`);
  }
  assert.deepEqual(over, []);
});

for (const look of [{ theme: 'light' }, { theme: 'dark' }, { theme: 'light', phone: true }] as const) {
  test(`axe finds nothing on any page, ${look.theme}${'phone' in look ? ', on a phone' : ''}`, async () => {
    const found: Record<string, string[]> = {};
    const check = async (page: Page, name: string) => {
      // Past what fades in, which would be measured half transparent.
      await page.waitForTimeout(600);
      const said = await findings(page);
      if (said.length > 0) found[name] = said;
    };
    const out = await visitor(browser, look);
    await out.page.goto(`${base}/sign-in`);
    await out.page.getByLabel('E-mail').waitFor();
    await check(out.page, 'sign-in');
    await out.page.goto(`${base}/f/JM`);
    await out.page.getByLabel('Business name').waitFor();
    await check(out.page, 'form, business');
    await out.page.getByRole('button', { name: 'Continue' }).click();
    await out.page.getByRole('alert').first().waitFor();
    await check(out.page, 'form, with faults');
    await fillForm(out.page, { name: 'Axe Grinders', country: 'Jamaica', interest: '5', email: 'axe@example.com' });
    await check(out.page, 'form, last step');
    await out.context.close();

    const lead = await aLead();
    const { page } = await signedIn(browser, 'manager', '/', look);
    await page.getByRole('log').getByRole('link').first().waitFor();
    await check(page, 'dashboard');
    await page.getByRole('button', { name: /^Account of/ }).click();
    await check(page, 'account');
    await page.keyboard.press('Escape');
    await page.goto(`${base}/leads?status=new&status=contacted`);
    await page.locator('[data-lead]').first().waitFor();
    await check(page, 'leads');
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('dialog').waitFor();
    await check(page, 'filter');
    await page.goto(`${base}/leads?status=archived&days=1&q=zzz`);
    await page.getByRole('heading', { name: /Nothing matches/ }).waitFor();
    await check(page, 'nothing matches');
    await page.goto(base + lead);
    await page.getByRole('region', { name: 'Score' }).first().waitFor();
    await check(page, 'lead');
    const move = page.getByRole('button', { name: 'Move to…' }).first();
    await move.click();
    await page.getByRole('dialog').waitFor();
    await check(page, 'move');
    await page.goto(`${base}/leads/018f0000-0000-7000-8000-000000000000`);
    await page.getByRole('heading', { name: 'This page is not on your chart' }).waitFor();
    await check(page, 'not there');
    assert.deepEqual(found, {});
  });
}
