// The frame round every screen: the palette, notices on two devices, the territory, and what is remembered.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import type { Browser } from 'playwright-core';

import { findings } from './axe.ts';
import { base, isLive, launch, needsDatabase, shots, signedIn, sql } from './kit.ts';

const skip = needsDatabase;
let browser: Browser;
before(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await launch();
});
after(() => browser.close());
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

/** A lead of Kingston's rep whose first word is long enough to be mistyped. */
const anyLead = (): { id: string; name: string } =>
  sql(`select json_build_object('id', s.id, 'name', s.business_name) from public.submissions s
    where s.owner_id = (select p.id from public.profiles p where p.email ^@ 'rep.kemar') and s.deleted_at is null
      and s.status in ('new', 'contacted', 'qualified') and s.business_name ~ '^[A-Za-z]{6}'
    order by s.created_at desc limit 1`) as { id: string; name: string };

test('the palette finds a lead in spite of a typing error, by keyboard alone, and nothing of another territory', { skip }, async (t) => {
  const lead = anyLead();
  const { page, traffic } = await signedIn(browser, 'rep.kemar', '/');
  await page.getByRole('button', { name: /Search or run/ }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  const [first = '', ...rest] = lead.name.split(' ');
  // The second letter left out.
  const start = Date.now();
  await page.keyboard.type(`${first[0]!}${first.slice(2)} ${rest.join(' ')}`);
  const option = page.getByRole('option').filter({ hasText: lead.name });
  await option.first().waitFor();
  t.diagnostic(`found ${Date.now() - start} ms after the first key`);
  assert.deepEqual(await findings(page), []);
  await page.screenshot({ path: path.join(shots, 'palette.png') });
  for (let i = 0; i < 12 && (await option.first().getAttribute('aria-selected')) !== 'true'; i += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/leads\/[0-9a-f-]{36}/);
  await page.getByRole('heading', { level: 1, name: lead.name }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press('Escape');

  const other = sql(`select to_json(s.business_name) from public.submissions s where s.country = 'CW' and s.business_name ~ '^[A-Za-z]{6}' limit 1`) as string;
  await page.keyboard.press('Control+k');
  await page.keyboard.type(other);
  await page.getByText(/^Nothing is called/).waitFor();
  assert.ok(!traffic.texts.some((text) => text.includes(other) && !text.includes('p_query')), 'no name of Curaçao');
  assert.deepEqual(traffic.complaints, []);
});

test('a notice arrives at the bell of both devices; read on one, it is read on the other', { skip }, async () => {
  const lead = anyLead();
  sql(`update public.notifications set read_at = now() where user_id = (select p.id from public.profiles p where p.email ^@ 'rep.kemar')`);
  const desk = await signedIn(browser, 'rep.kemar', '/');
  const phone = await signedIn(browser, 'rep.kemar', '/', { phone: true });
  await desk.page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  await isLive(desk.page);
  await phone.page.waitForTimeout(1500);
  sql(`select to_json(flash.notify((select p.id from public.profiles p where p.email ^@ 'rep.kemar'), 'hot_lead', 'submission',
    '${lead.id}', jsonb_build_object('business_name', '${lead.name.replaceAll("'", "''")}', 'score', 91), 'urgent'))`);
  await desk.page.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor();
  await phone.page.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor();
  await desk.page.getByRole('button', { name: 'Notifications, 1 unread' }).click();
  await desk.page.getByText('1 unread').waitFor();
  await desk.page.waitForTimeout(500);
  assert.deepEqual(await findings(desk.page), []);
  await desk.page.screenshot({ path: path.join(shots, 'notices.png') });
  await desk.page.getByRole('button', { name: `${lead.name} is now hot` }).click();
  await desk.page.waitForURL(`${base}/leads/${lead.id}`);
  await phone.page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  assert.deepEqual([...desk.traffic.complaints, ...phone.traffic.complaints], []);
});

test('faces stand at the territory of who is online, and the sidebar stays as it was left', { skip }, async () => {
  const { page } = await signedIn(browser, 'manager', '/leads');
  await isLive(page);
  const rep = await signedIn(browser, 'rep.kemar', '/');
  await isLive(rep.page);
  await page.getByRole('group', { name: 'Online now' }).getByRole('img').first().waitFor();
  await page.getByRole('button', { name: /^Territory/ }).click();
  await page.getByRole('treeitem').getByRole('img').first().waitFor();
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Collapse sidebar' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Expand sidebar' }).waitFor();
});
