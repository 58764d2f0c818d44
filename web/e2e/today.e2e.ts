// A rep's day: what stands there is what SQL says, it is worked down by keys, and a tick is undone.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import type { Browser, Page } from 'playwright-core';

import { findings } from './axe.ts';
import { launch, needsDatabase, shots, signedIn, sql } from './kit.ts';

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

const kemar = `(select id from public.profiles where email ^@ 'rep.kemar@')`;
const cell = async (page: Page, name: string) => (await page.getByRole('group', { name, exact: true }).locator('p').nth(1).innerText()).replace(',', '');

test('the leads to answer, the tasks and the streak are what SQL says; tasks are ticked by keys and undone', { skip: needsDatabase }, async () => {
  const lead = sql(`select to_json(id) from public.submissions where owner_id = ${kemar} and deleted_at is null and status in ('new', 'contacted', 'qualified', 'nurture') order by id limit 1`) as string;
  const made = sql(`with made as (insert into public.activities (submission_id, actor_id, kind, subject, due_at, territory_id)
    select s.id, ${kemar}, 'task', v.name, v.due, s.territory_id from public.submissions s, (values ('Send the price list', now() - interval '3 days'), ('Ring back', now() + interval '40 days')) v(name, due)
    where s.id = '${lead}' returning id) select json_agg(id) from made`) as string[];
  const { page, traffic } = await signedIn(browser, 'rep.kemar', '/today');
  await page.locator(`[data-item="${made[0] ?? ''}"]`).waitFor();
  const wanted = sql(`select json_build_object(
    'answers', (select count(*) from public.submissions where owner_id = ${kemar} and deleted_at is null and status in ('new', 'contacted', 'qualified', 'nurture') and first_response_at is null),
    'late', (select count(*) from public.activities where owner_id = ${kemar} and deleted_at is null and kind = 'task' and completed_at is null and due_at < now()),
    'contacts', (select count(*) from public.activities where actor_id = ${kemar} and deleted_at is null and kind in ('call', 'email', 'meeting', 'visit', 'message')
      and (completed_at at time zone 'America/Jamaica')::date = (now() at time zone 'America/Jamaica')::date))`) as Record<string, number>;
  assert.deepEqual(
    [await cell(page, 'Leads to answer'), await cell(page, 'Late tasks'), await cell(page, 'Contacts today')],
    [wanted['answers'], wanted['late'], wanted['contacts']].map(String),
  );
  assert.equal(await page.locator('section[aria-labelledby=answers-title] li').count(), Math.min(100, wanted['answers'] ?? 0));

  // Down to the late task, and ticked.
  for (let i = 0; i < 200 && await page.locator(`[data-item="${made[0] ?? ''}"][aria-current=true]`).count() === 0; i += 1) await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText('Done: Send the price list').first().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  assert.equal(sql(`select to_json(completed_at is not null) from public.activities where id = '${made[0] ?? ''}'`), true);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator(`[data-item="${made[0] ?? ''}"]`).waitFor();
  assert.equal(sql(`select to_json(completed_at is null) from public.activities where id = '${made[0] ?? ''}'`), true);
  sql(`with gone as (delete from public.activities where id = any ('{${made.join(',')}}') returning 1) select to_json(count(*)) from gone`);
  assert.deepEqual(traffic.complaints, []);
});

test('axe finds nothing on the page of a day, in both themes and on a phone', async () => {
  for (const look of [{ theme: 'light' as const }, { theme: 'dark' as const }, { phone: true }]) {
    const { page, traffic } = await signedIn(browser, 'rep.kemar', '/today', look);
    await page.getByRole('group', { name: 'Days in a row' }).waitFor();
    await page.waitForTimeout(400);
    assert.deepEqual(await findings(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await page.screenshot({ path: `${shots}/today-${look.theme ?? 'phone'}.png` });
    assert.deepEqual(traffic.complaints, []);
  }
});
