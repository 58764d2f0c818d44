// Conditions joined by and, or: built by hand, kept in the address and in a view, and followed by all that acts on a list.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import type { Browser, Page } from 'playwright-core';

import { findings } from './axe.ts';
import { base, countOf, launch, needsDatabase, shots, signedIn, sql } from './kit.ts';

const skip = needsDatabase;
let browser: Browser;
before(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await launch();
});
after(() => browser.close());
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

const rows = (page: Page) => page.locator('tr[data-lead]');
const foot = (page: Page) => page.locator('footer');
/** The leads of Jamaica that are there, and some condition. */
const jamaican = (condition: string) =>
  sql(`select count(*) from public.submissions s where s.country = 'JM' and s.deleted_at is null and (${condition})`) as number;
const shows = (page: Page, n: number) => foot(page).getByText(new RegExp(` of ${n.toLocaleString('en')}$`)).waitFor();

test('conditions in groups are built with the keyboard, counted before they are shown, and say what they are', { skip }, async () => {
  const { page, traffic } = await signedIn(browser, 'manager', '/leads?sort=newest');
  await rows(page).first().waitFor();
  const opener = page.getByRole('button', { name: 'Join conditions with and, or' });
  await opener.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'Join conditions with and, or' });
  await panel.getByLabel('Leads that match, Join').selectOption('any');
  const first = panel.getByRole('group', { name: 'Condition 1' }).first();
  await first.getByLabel('Field').selectOption('interest');
  await first.getByLabel('Compare').selectOption('least');
  await first.getByLabel('Value').fill('9');
  await panel.getByRole('button', { name: 'Group' }).first().click();
  const group = panel.getByRole('group', { name: 'Group 2' });
  await group.getByLabel('Add a value').selectOption({ label: 'New' });
  await group.getByRole('button', { name: 'Condition', exact: true }).click();
  const second = group.getByRole('group', { name: 'Condition 2' });
  await second.getByLabel('Field').selectOption('owner');
  await second.getByLabel('Compare').selectOption('not');
  await second.getByLabel('Add a value').selectOption({ label: 'nobody' });
  const wanted = jamaican(`interest_level >= 9 or status = 'new' and owner_id is not null`);
  await panel.getByRole('button', { name: `Show ${wanted.toLocaleString('en')} leads` }).waitFor();
  await page.waitForTimeout(300);
  assert.deepEqual(await findings(page), []);
  await page.screenshot({ path: path.join(shots, 'conditions.png') });
  await panel.getByRole('button', { name: /^Show/ }).click();
  await page.waitForURL((url) => url.searchParams.get('where') === 'any(interest.least.9,all(status.is.new,owner.not.none))');
  await page.getByRole('button', { name: 'Interest is at least 9 or (Status is New and Owner is not nobody)', exact: true }).waitFor();
  await shows(page, wanted);
  assert.deepEqual(traffic.complaints, []);
});

test('what is joined by and has a chip each; taking one out goes back with the browser', { skip }, async () => {
  const { page } = await signedIn(browser, 'manager', '/leads?where=all(interest.least.7,any(source.is.public_form,score.unknown))&sort=newest');
  const both = jamaican(`interest_level >= 7 and (channel = 'public_form' or lead_score is null)`);
  await shows(page, both);
  await page.getByRole('button', { name: 'Remove Interest is at least 7' }).click();
  await shows(page, jamaican(`channel = 'public_form' or lead_score is null`));
  await page.goBack();
  await shows(page, both);
  await page.goto(`${base}/leads?where=any(nonsense.is.1`);
  await page.getByText('The conditions in the address cannot be read; they are left out.').waitFor();
  await page.getByRole('button', { name: /^Remove any/ }).click();
  await page.waitForURL((url) => !url.searchParams.has('where'));
});

test('hostile words are letters: quotes, brackets, stars, per cents', { skip }, async () => {
  const odd = `a"b\\c,d)e%f*g{h}'`;
  const id = sql(`select to_json(id) from public.submissions where country = 'JM' and deleted_at is null and owner_id is not null order by id limit 1`) as string;
  sql(`update public.submissions set tags = array[$odd$${odd}$odd$] where id = '${id}'`);
  const written = odd.replace(/[%~(),]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  const { page } = await signedIn(browser, 'manager', `/leads?where=${encodeURIComponent(`tag.has.${written}`)}`);
  await page.locator(`tr[data-lead="${id}"]`).waitFor();
  assert.equal(await rows(page).count(), 1);
  await page.goto(`${base}/leads?where=${encodeURIComponent(`name.contains.${written}`)}`);
  await page.getByText('Nothing matches 1 filter').waitFor();
  sql(`update public.submissions set tags = '{}' where id = '${id}'`);
});

test('a view keeps the conditions; all that match are tagged and exported, exactly as many as are counted', { skip }, async () => {
  const where = `any(interest.least.9,all(type.is.retail,value.unknown))`;
  const condition = `interest_level >= 9 or business_type = 'retail' and stated_value is null`;
  const { page, traffic } = await signedIn(browser, 'manager', `/leads?where=${where}&sort=newest`);
  const n = jamaican(condition);
  await shows(page, n);
  await page.getByRole('button', { name: 'Save as' }).click();
  await page.getByLabel('Name of the view').fill('Keen or retail');
  await page.getByRole('button', { name: 'Save the view' }).click();
  await page.getByRole('link', { name: /^Keen or retail/ }).waitFor();
  await page.goto(`${base}/leads?sort=newest`);
  await page.getByRole('link', { name: 'Keen or retail' }).first().click();
  await shows(page, n);
  assert.equal(new URL(page.url()).searchParams.get('where'), where);

  await page.getByLabel('Select the loaded rows').check();
  const bar = page.getByRole('region', { name: 'Change many leads' });
  await bar.getByRole('button', { name: `Select all ${n} in this view` }).click();
  const file = page.waitForEvent('download');
  await bar.getByRole('button', { name: 'Export' }).click();
  const stream = await (await file).createReadStream();
  let text = '';
  for await (const piece of stream) text += String(piece);
  assert.equal(text.trimEnd().split('\r\n').length - 1, n);
  await bar.getByRole('button', { name: 'Tag' }).click();
  await page.getByLabel('Tag', { exact: true }).last().fill('conditions');
  await page.getByRole('button', { name: `Tag ${n} leads` }).click();
  await page.getByText(`${n} leads changed`).waitFor({ timeout: 60_000 });
  assert.equal(sql(`select count(*) from public.submissions where tags @> '{conditions}'`), n);
  assert.equal(sql(`select count(*) from public.submissions where tags @> '{conditions}' and not (${condition})`), 0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText(`${n} leads are as they were`).waitFor({ timeout: 60_000 });
  sql(`delete from public.saved_views where name = 'Keen or retail'`);
  assert.deepEqual(traffic.complaints, []);
});

for (const theme of ['light', 'dark'] as const) {
  test(`on a phone, ${theme}: the builder fits and is clean`, { skip }, async () => {
    const { page } = await signedIn(browser, 'manager', '/leads?where=any(interest.least.9,all(status.is.new~contacted,owner.not.none))', { phone: true, theme });
    await page.locator('[data-lead]').first().waitFor();
    await page.getByRole('button', { name: 'Change the conditions' }).click();
    await page.getByRole('button', { name: /^Show \d/ }).waitFor();
    await page.waitForTimeout(300);
    assert.deepEqual(await findings(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no sideways scroll');
    await page.screenshot({ path: path.join(shots, `conditions-phone-${theme}.png`) });
  });
}

test('a changed row enters and leaves by the conditions', { skip }, async () => {
  const { page } = await signedIn(browser, 'manager', '/leads?where=any(tag.has.livetag,all(tag.has.other,interest.least.11))');
  await page.getByText('The conditions in the address cannot be read').waitFor();
  await page.goto(`${base}/leads?where=any(tag.has.livetag,all(tag.has.other,interest.least.9))`);
  await page.getByText('Nothing matches 1 filter').waitFor();
  const id = sql(`select to_json(id) from public.submissions where country = 'JM' and deleted_at is null and owner_id is not null and cardinality(tags) = 0 order by id limit 1`) as string;
  sql(`update public.submissions set tags = '{livetag}' where id = '${id}'`);
  await page.locator(`tr[data-lead="${id}"]`).or(page.getByRole('button', { name: 'Show', exact: true })).first().waitFor();
  await page.reload();
  await page.locator(`tr[data-lead="${id}"]`).waitFor();
  assert.equal(await countOf(page, 'tags=cs.{livetag}'), 1);
  sql(`update public.submissions set tags = '{}' where id = '${id}'`);
  await page.locator(`tr[data-lead="${id}"]`).waitFor({ state: 'detached' });
});
