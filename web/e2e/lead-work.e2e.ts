// Working on a lead with others: two people and one fact, mentions, tasks, contacts, and the story of all that.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import type { Browser, Page } from 'playwright-core';

import { findings } from './axe.ts';
import { isLive, launch, needsDatabase, shots, signedIn, sql } from './kit.ts';

const skip = needsDatabase;
let browser: Browser;
before(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await launch();
});
after(() => browser.close());
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

const aLead = (nth: number): { id: string; name: string } =>
  sql(`select json_build_object('id', s.id, 'name', s.business_name) from public.submissions s
    where s.owner_id = (select p.id from public.profiles p where p.email ^@ 'rep.kemar') and s.deleted_at is null
      and s.status in ('new', 'contacted') and s.monthly_transactions is not null
    order by s.created_at desc offset ${nth} limit 1`) as { id: string; name: string };
/** A lead that nobody has answered: no call of the demo's own can be taken for the one that is logged. */
const anUnansweredLead = (): { id: string; name: string } =>
  sql(`select json_build_object('id', s.id, 'name', s.business_name) from public.submissions s
    where s.owner_id = (select p.id from public.profiles p where p.email ^@ 'rep.kemar') and s.deleted_at is null
      and s.status in ('new', 'contacted') and s.first_response_at is null
      and not exists (select from public.activities a where a.submission_id = s.id and a.kind = 'call')
    order by s.created_at desc limit 1`) as { id: string; name: string };
const fact = (id: string, column: string) => sql(`select to_json(${column}) from public.submissions where id = '${id}'`);

const edit = async (page: Page, name: RegExp, value: string) => {
  await page.getByRole('button', { name }).click();
  await page.getByRole('spinbutton').fill(value);
  await page.keyboard.press('Enter');
};

test('two people change one fact: the second sees both values and chooses; another fact is no conflict', { skip }, async () => {
  const lead = aLead(0);
  const rep = await signedIn(browser, 'rep.kemar', `/leads/${lead.id}`);
  const manager = await signedIn(browser, 'manager', `/leads/${lead.id}`);
  await rep.page.getByRole('button', { name: /^Change Transactions/ }).waitFor();
  await Promise.all([isLive(rep.page), isLive(manager.page)]);

  await manager.page.getByRole('button', { name: /^Change Transactions/ }).click();
  await manager.page.getByRole('spinbutton').fill('900');
  await edit(rep.page, /^Change Transactions/, '640');
  await rep.page.getByText('Transactions is saved').waitFor();
  await manager.page.waitForTimeout(500);
  await manager.page.keyboard.press('Enter');
  const dialog = manager.page.getByRole('alertdialog');
  await dialog.getByText('Kemar changed this while you typed').waitFor();
  assert.equal(fact(lead.id, 'monthly_transactions'), 640);
  assert.deepEqual(await findings(manager.page), []);
  await manager.page.screenshot({ path: path.join(shots, 'conflict.png') });
  await dialog.getByRole('radio', { name: /You/ }).check();
  await dialog.getByRole('button', { name: 'Keep mine' }).click();
  await rep.page.getByRole('button', { name: 'Change Transactions, now 900 a month' }).waitFor();
  assert.equal(fact(lead.id, 'monthly_transactions'), 900);

  // The rep reads who changed what, from what to what; the score followed in the same transaction.
  await rep.page.getByText('Transactions: 640 a month became 900 a month').waitFor();

  await manager.page.getByRole('button', { name: /^Change Established/ }).click();
  await manager.page.getByRole('spinbutton').fill('3001');
  await manager.page.keyboard.press('Enter');
  await manager.page.getByText(/^Established stays as it was/).waitFor();
  await manager.page.keyboard.press('Escape');

  // A version that is behind, with another fact changed: saved all the same.
  await rep.page.route('**/api/submissions/**', async (route) => {
    sql(`update public.submissions set current_processor = 'Harbour Terminal' where id = '${lead.id}'`);
    await route.continue();
  }, { times: 1 });
  await edit(rep.page, /^Change Transactions/, '910');
  await rep.page.getByRole('button', { name: 'Change Transactions, now 910 a month' }).waitFor();
  assert.deepEqual([fact(lead.id, 'monthly_transactions'), fact(lead.id, 'current_processor')], [910, 'Harbour Terminal']);
  // A refused save answers 409 or 422, which the console notes.
  assert.deepEqual([...rep.traffic.complaints, ...manager.traffic.complaints].filter((said) => !/40[09]|422/.test(said)), []);
});

test('a note calls the manager, a task is planned and ticked, a call is logged: all of it live with the other', { skip }, async () => {
  const lead = anUnansweredLead();
  sql(`update public.notifications set read_at = now() where read_at is null`);
  const rep = await signedIn(browser, 'rep.kemar', `/leads/${lead.id}`);
  const manager = await signedIn(browser, 'manager', '/');
  await rep.page.getByLabel('Note', { exact: true }).waitFor();
  await Promise.all([isLive(rep.page), isLive(manager.page)]);

  await rep.page.keyboard.press('n');
  await rep.page.keyboard.type('Can we hold the price? @sha');
  await rep.page.getByRole('list', { name: 'People to mention' }).waitFor();
  await rep.page.keyboard.press('Enter');
  await rep.page.waitForTimeout(200);
  assert.deepEqual(await findings(rep.page), []);
  await rep.page.keyboard.press('Control+Enter');
  await manager.page.getByRole('button', { name: 'Notifications, 1 unread' }).click();
  await manager.page.getByRole('button', { name: new RegExp(`mentioned you on ${lead.name}`) }).click();
  await manager.page.waitForURL(new RegExp(lead.id));
  await manager.page.getByText('Can we hold the price? @Shanice Brown').waitFor();
  await isLive(manager.page);

  await rep.page.getByRole('button', { name: 'Add', exact: true }).click();
  await rep.page.getByLabel('What is to be done').fill('Send the package');
  await rep.page.waitForTimeout(300);
  assert.deepEqual(await findings(rep.page), []);
  await rep.page.getByRole('button', { name: 'Plan it' }).click();
  await manager.page.getByRole('checkbox', { name: 'Send the package, done' }).check();
  await rep.page.getByRole('checkbox', { name: 'Send the package, done', checked: true }).waitFor();

  await rep.page.getByLabel('Note', { exact: true }).fill('She wants to see it work');
  await rep.page.getByRole('radio', { name: 'Call' }).click();
  await rep.page.getByRole('button', { name: 'Log it' }).click();
  await manager.page.getByText('Kemar Clarke called').waitFor();
  await manager.page.getByRole('button', { name: 'Contacts', exact: true }).click();
  await manager.page.getByText('She wants to see it work').waitFor();
  assert.equal(await manager.page.getByText('Can we hold the price?').count(), 0);
  assert.ok((await manager.page.locator('ol .lucide-phone').count()) > 0, 'a call has its own drawing');
  assert.equal(sql(`select to_json(first_response_at is not null) from public.submissions where id = '${lead.id}'`), true);
  await rep.page.screenshot({ path: path.join(shots, 'lead-work.png') });
  assert.deepEqual([...rep.traffic.complaints, ...manager.traffic.complaints], []);
});

for (const look of [{ theme: 'dark' }, { theme: 'light', phone: true }] as const) {
  test(`the page of a lead has no faults for axe, ${'phone' in look ? 'on a phone' : look.theme}`, { skip }, async () => {
    const { page } = await signedIn(browser, 'manager', `/leads/${aLead(2).id}`, look);
    await page.getByRole('heading', { name: 'Next steps' }).waitFor();
    await page.waitForTimeout(600);
    assert.deepEqual(await findings(page), []);
  });
}
