// The journeys of the first slice, in real browsers against a running server.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import type { Browser, Page } from 'playwright-core';

import { ask, base, countOf, enter, fillForm, isLive, launch, type Person, shots, signedIn, visitor, watchFor } from './kit.ts';

const stamp = Date.now().toString(36).toUpperCase();
const merchant = {
  name: `Breadfruit Tree ${stamp}`, country: 'Jamaica', area: 'Portland', interest: '3',
  email: `breadfruit-${stamp.toLowerCase()}@example.com`,
};
const newest = '/leads?sort=newest';
let browser: Browser;
let reference = '';

const shot = (page: Page, name: string) => page.screenshot({ path: path.join(shots, `${name}.png`) });
const settled = (page: Page) => page.waitForTimeout(800);
const number = (text: string | null) => Number((text ?? '').replace(/[^\d]/g, ''));

before(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await launch();
});
after(() => browser.close());
// Each journey starts alone.
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

// First, so that they show the demo and not what the journeys leave behind. An admin sees all three countries.
for (const theme of ['light', 'dark'] as const) {
  test(`pictures, ${theme}`, async () => {
    for (const phone of [false, true]) {
      const tag = `${theme}${phone ? '-phone' : ''}`;
      const out = await visitor(browser, { theme, phone });
      await out.page.goto(`${base}/sign-in`);
      await settled(out.page);
      await shot(out.page, `sign-in-${tag}`);
      await out.page.goto(`${base}/f/JM`);
      await settled(out.page);
      await shot(out.page, `form-${tag}`);
      await out.context.close();
      const { page, context, traffic } = await signedIn(browser, 'admin', '/', { theme, phone });
      await page.getByRole('log').getByRole('link').first().waitFor();
      await settled(page);
      await shot(page, `dashboard-${tag}`);
      await page.goto(`${base}/leads?status=new&status=contacted&status=qualified&status=nurture`);
      await page.locator('[data-lead]').first().waitFor();
      await settled(page);
      await shot(page, `leads-${tag}`);
      await page.locator('[data-lead]').nth(4).click();
      await page.getByRole('region', { name: 'Score' }).waitFor();
      await settled(page);
      await shot(page, `lead-${tag}`);
      assert.deepEqual(traffic.complaints, []);
      await context.close();
    }
  });
}

test('a merchant on a phone sends a lead: his country\'s people get it within a second, nobody else gets a word of it', async (t) => {
  const names = ['manager', 'rep.kemar', 'rep.rochelle', 'rep.tiffany', 'viewer.cw'];
  const people: Person[] = [];
  for (const name of names) people.push(await signedIn(browser, name, newest));
  const [manager, kemar, rochelle, tiffany, viewer] = people as [Person, Person, Person, Person, Person];
  await Promise.all(people.map(({ page }) => isLive(page)));
  const insiders = [manager, kemar, rochelle];
  const outsiders = [tiffany, viewer];
  const foot = (page: Page) => page.locator('footer').textContent();
  const before = await Promise.all(outsiders.map(({ page }) => foot(page)));
  const seen = await Promise.all(insiders.map(({ page }) => watchFor(page, merchant.name)));

  const phone = await visitor(browser, { phone: true });
  await fillForm(phone.page, merchant);
  await phone.page.waitForTimeout(2100);
  const answered = phone.page.waitForResponse((answer) => answer.url().endsWith('/api/submissions'));
  await phone.page.getByRole('button', { name: 'Send' }).click();
  const answer = await answered;
  const committed = Date.now();
  assert.equal(answer.status(), 201);
  const body = (await answer.json()) as { reference: string };
  assert.deepEqual(Object.keys(body), ['reference']);
  ({ reference } = body);
  await phone.page.getByText(reference).waitFor();
  await shot(phone.page, 'form-sent-phone');

  const delays = (await Promise.all(seen.map((painted) => painted()))).map((at) => at - committed);
  t.diagnostic(`painted after ${delays.join(', ')} ms`);
  for (const delay of delays) assert.ok(delay <= 1000, `painted after ${delay} ms`);
  await manager.page.waitForTimeout(1500);
  outsiders.forEach(({ traffic }, i) => {
    for (const words of [merchant.name, reference, merchant.email]) assert.ok(!traffic.holds(words), `${names[i + 3] ?? ''} received ${words}`);
  });
  assert.deepEqual(await Promise.all(outsiders.map(({ page }) => foot(page))), before);
  assert.ok(phone.traffic.texts.every((text) => !text.includes('lead_score')));
  for (const { traffic } of [...people, phone]) assert.deepEqual(traffic.complaints, []);
});

test('the eligible rep with the lower load got it, and the page says why', async () => {
  const { page, traffic } = await signedIn(browser, 'manager', newest);
  await page.getByRole('link', { name: merchant.name }).click();
  const why = page.getByRole('group', { name: 'Why this place and this person' }).first();
  await why.waitFor();
  assert.match((await why.textContent()) ?? '', /Rule \d+/);
  type Assignment = { profile_id: string; candidates: { profile_id: string; bucket: number; eligible: boolean }[] };
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const { body } = await ask(page, `/rest/v1/assignments?submission_id=eq.${id}&select=profile_id,candidates`);
  const [assignment] = body as Assignment[];
  assert.ok(assignment?.profile_id);
  const eligible = assignment.candidates.filter((one) => one.eligible);
  const chosen = eligible.find((one) => one.profile_id === assignment.profile_id);
  assert.ok(chosen);
  assert.equal(chosen.bucket, Math.min(...eligible.map((one) => one.bucket)));
  assert.deepEqual(traffic.complaints, []);
});

test('the score is the sum of what explains it, in the list and on the page', async () => {
  const { page } = await signedIn(browser, 'manager', newest);
  const add = async (place: string) => {
    const points = await page.locator(`${place} [data-points]`).evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('data-points'))));
    const sum = Number(await page.locator(`${place} [data-sum]`).getAttribute('data-sum'));
    assert.equal(points.length, 8);
    assert.equal(points.reduce((total, one) => total + one, 0), sum);
    return sum;
  };
  const row = page.locator('tr', { hasText: merchant.name });
  await row.getByRole('button', { name: /^Score/ }).hover();
  await page.getByRole('tooltip').waitFor();
  const inList = await add('[role=tooltip]');
  await shot(page, 'leads-explain');
  await row.getByRole('link').click();
  await page.getByRole('region', { name: 'Score' }).waitFor();
  assert.equal(await add('section[aria-label=Score]'), inList);
});

test('a change of status shows in the other browser at once, and can be undone', async (t) => {
  const manager = await signedIn(browser, 'manager', newest);
  const other = await signedIn(browser, 'rep.kemar', newest);
  await isLive(other.page);
  const status = other.page.locator('tr', { hasText: merchant.name });
  await status.getByText('New', { exact: true }).waitFor();
  await manager.page.getByRole('link', { name: merchant.name }).click();
  await manager.page.getByRole('button', { name: 'Move to…' }).click();
  await manager.page.getByRole('button', { name: 'Contacted…' }).click();
  await manager.page.getByLabel('What was said').fill('Asked about the fees');
  await shot(manager.page, 'lead-move');
  const start = Date.now();
  await manager.page.getByRole('button', { name: 'Move to Contacted' }).click();
  await status.getByText('Contacted').waitFor();
  const delay = Date.now() - start;
  t.diagnostic(`in the other browser after ${delay} ms`);
  assert.ok(delay <= 1000, `shown after ${delay} ms`);
  await manager.page.getByText('Asked about the fees').waitFor();
  await manager.page.getByRole('button', { name: 'Undo' }).click();
  await status.getByText('New', { exact: true }).waitFor();
});

test('a lead of another territory looks like one that is not there', async () => {
  const manager = await signedIn(browser, 'manager', newest);
  await manager.page.getByRole('link', { name: merchant.name }).click();
  const address = new URL(manager.page.url()).pathname;
  const viewer = await signedIn(browser, 'viewer.cw', address);
  await viewer.page.getByRole('heading', { name: 'This page is not on your chart' }).waitFor();
  await shot(viewer.page, 'not-there');
  assert.ok(!viewer.traffic.holds(merchant.name));
});

test('the numbers of the dashboard are those of the rows, and follow a new lead without a reload', async () => {
  const { page, traffic } = await signedIn(browser, 'manager', '/');
  await isLive(page);
  const cell = (name: string) => page.getByRole('group', { name, exact: true }).locator('p').nth(1);
  const shown = async (name: string) => number(await cell(name).textContent());
  const since = new Date(Date.now() - 7 * 86_400_000).toISOString();
  const open = 'status=in.(new,contacted,qualified,nurture)&duplicate_of=is.null';
  const counted = 'duplicate_of=is.null&or=(status.neq.disqualified,status_reason.is.null,status_reason.neq.spam)';
  assert.equal(await shown('Open leads'), await countOf(page, open));
  assert.equal(await shown('New leads, last 7 days'), await countOf(page, `created_at=gte.${encodeURIComponent(since)}&${counted}`));
  const first = await shown('New leads, last 7 days');

  const phone = await visitor(browser, { phone: true });
  await fillForm(phone.page, { ...merchant, name: `Ackee House ${stamp}`, email: `ackee-${stamp.toLowerCase()}@example.com` });
  await phone.page.waitForTimeout(2100);
  await phone.page.getByRole('button', { name: 'Send' }).click();
  await page.waitForFunction((want) => document.querySelector('[role=group][aria-label="New leads, last 7 days"]')?.textContent.includes(want), String(first + 1));
  await page.getByRole('log').getByRole('link', { name: `Ackee House ${stamp}` }).first().waitFor();
  assert.deepEqual(traffic.complaints, []);
});

test('the form works by keyboard alone', async () => {
  const { page, traffic } = await visitor(browser);
  await page.goto(`${base}/f/KY`);
  await page.getByLabel('Business name').waitFor();
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** Tab until the control with this name has the focus. */
  const tabTo = async (name: string) => {
    for (let i = 0; i < 20; i += 1) {
      await press('Tab');
      const here = await page.evaluate(() => {
        const control = document.activeElement as HTMLInputElement | null;
        return control?.labels?.[0]?.textContent ?? control?.textContent ?? '';
      });
      if (here.includes(name)) return;
    }
    assert.fail(`the Tab key does not reach ${name}`);
  };
  await tabTo('Business name');
  await page.keyboard.type(`Gun Bay Diner ${stamp}`);
  await tabTo('Kind of business');
  await page.keyboard.type('Rest');
  await tabTo('Continue');
  await press('Enter');
  await page.getByRole('heading', { name: 'How can we reach you?' }).waitFor();
  await tabTo('Your name');
  await page.keyboard.type('Verna Bodden');
  await tabTo('E-mail');
  await page.keyboard.type(`gunbay-${stamp.toLowerCase()}@example.com`);
  await tabTo('may contact me');
  await press('Space', 'Enter');
  await page.getByRole('heading', { name: 'How soon would you switch?' }).waitFor();
  await tabTo('1');
  await press('Space', 'ArrowRight', 'ArrowRight', 'Enter');
  await page.getByRole('heading', { name: 'Anything else?' }).waitFor();
  await tabTo('Sales a month');
  await page.keyboard.type('250');
  await press('Enter');
  await page.getByRole('heading', { name: 'Anything else?' }).waitFor();
  await tabTo('Send');
  await page.waitForTimeout(1500);
  await press('Enter');
  await page.getByRole('heading', { name: 'We have your request' }).waitFor();
  assert.deepEqual(traffic.complaints, []);
});

test('the draft outlives a reload and a lost connection, and is sent once', async () => {
  const { page, context } = await visitor(browser, { phone: true });
  const name = `Cassava Corner ${stamp}`;
  await fillForm(page, { ...merchant, name, email: `cassava-${stamp.toLowerCase()}@example.com` });
  await page.reload();
  await page.getByRole('button', { name: 'Send' }).waitFor();
  await page.waitForTimeout(2100);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('No connection').waitFor();
  await shot(page, 'form-offline-phone');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'We have your request' }).waitFor();
  const manager = await signedIn(browser, 'manager', '/leads');
  assert.equal(await countOf(manager.page, `business_name=eq.${encodeURIComponent(name)}`), 1);
});

test('who signs in after another on the same computer hears nothing of the other\'s', async () => {
  const { page, traffic } = await visitor(browser);
  await page.goto(`${base}/sign-in`);
  await enter(page, 'admin');
  await isLive(page);
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL((url) => url.pathname === '/sign-in');
  await enter(page, 'viewer.cw');
  await isLive(page);
  traffic.texts.length = 0;
  const phone = await visitor(browser, { phone: true });
  const name = `Mango Lane ${stamp}`;
  await fillForm(phone.page, { ...merchant, name, email: `mango-${stamp.toLowerCase()}@example.com` });
  await phone.page.waitForTimeout(2100);
  await phone.page.getByRole('button', { name: 'Send' }).click();
  await phone.page.getByRole('heading', { name: 'We have your request' }).waitFor();
  await page.waitForTimeout(2000);
  assert.ok(!traffic.holds(name));
});
