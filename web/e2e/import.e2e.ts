// A file of leads: guessed, checked before anything is written, imported, its problems saved, and taken back.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import type { Browser } from 'playwright-core';

import { findings } from './axe.ts';
import { launch, needsDatabase, shots, signedIn, sql } from './kit.ts';

const skip = needsDatabase;
let browser: Browser;
before(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await launch();
});
after(() => browser.close());
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

const written = () => sql(`select count(*) from public.submissions where channel = 'import' and deleted_at is null`) as number;

test('a Windows file with semicolons is checked, put right, imported, listed with its problems, and taken back', { skip }, async () => {
  const known = sql(`select to_json(email) from public.submissions where country = 'JM' and status = 'qualified' and deleted_at is null limit 1`) as string;
  const changed = sql(`select json_build_object('id', id, 'reference', reference, 'row', to_jsonb(s) - '{version,updated_at,lead_score,score_factors,scored_at,score_band,completeness,confidence,basic_score,score_adjustment}'::text[])
    from public.submissions s where country = 'JM' and status = 'contacted' and deleted_at is null order by id desc limit 1`) as { id: string; reference: string; row: object };
  const now = () => sql(`select to_jsonb(s) - '{version,updated_at,lead_score,score_factors,scored_at,score_band,completeness,confidence,basic_score,score_adjustment}'::text[]
    from public.submissions s where id = '${changed.id}'`);
  const file = Buffer.from([
    'Firma;Contact;E-mail;Tel;Parish;Interest;Notes;Reference',
    'Cura\u00e7ao Grill;Ann Lee;ann@import.example;876 555 1234;Saint Ann;8;=SUM(1);',
    `Twice;Ann;ann@import.example;;;5;;`, `Known;Bob;${known};;;5;;`, 'Nobody;;;;;5;;',
    '<script>alert(1)</script>;Eve;eve@import.example;;;11;;', `;;;;;9;"call; back";${changed.reference}`,
  ].join('\r\n'), 'latin1');
  const before = written();
  const { page, traffic } = await signedIn(browser, 'manager', '/leads/import');
  await page.locator('input[type=file]').setInputFiles({ name: 'fair.csv', mimeType: 'text/csv', buffer: file });
  await page.getByText('Checked. Nothing is written yet.').waitFor();
  await page.getByText('Read as Windows-1252, divided by semicolons').waitFor();
  // The heading was not understood: it is said by hand, and remembered.
  await page.getByLabel('Firma').selectOption({ label: 'Business' });
  await page.locator('label').filter({ hasText: /^Country/ }).getByRole('combobox').selectOption({ label: 'Jamaica' });
  await page.getByRole('button', { name: 'Check again' }).click();
  await page.getByRole('button', { name: 'Import 2 leads' }).waitFor();
  assert.equal(written(), before, 'nothing is written by a check');
  await page.screenshot({ path: path.join(shots, 'import.png'), fullPage: true });
  assert.deepEqual(await findings(page), []);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save 4 rows with their reasons' }).click()]);
  const problems = readFileSync(await download.path(), 'utf8');
  assert.match(problems, /Twice,Ann,ann@import\.example,.*The same e-mail or phone as line 2/);
  assert.match(problems, /<script>.*Interest: /);
  await page.getByRole('button', { name: 'Import 2 leads' }).click();
  await page.getByText('The leads are in').waitFor({ timeout: 30_000 });
  assert.equal(written(), before + 1);
  assert.equal(sql(`select to_json(business_name || '|' || specific_needs) from public.submissions where email = 'ann@import.example' and deleted_at is null`), 'Curaçao Grill|=SUM(1)');
  assert.equal(sql(`select interest_level from public.submissions where id = '${changed.id}'`), 9);
  await page.getByRole('button', { name: 'Take the import back' }).click();
  await page.getByText('The import was taken back').waitFor({ timeout: 30_000 });
  assert.equal(written(), before);
  assert.deepEqual(now(), changed.row);
  // The same headings again: what was said is remembered.
  await page.getByRole('link', { name: 'Import another file' }).click();
  await page.locator('input[type=file]').setInputFiles({ name: 'fair2.csv', mimeType: 'text/csv', buffer: file });
  await page.getByRole('button', { name: 'Import 2 leads' }).waitFor();
  assert.deepEqual(traffic.complaints, []);
});

test('what is no table, or nothing at all, says so', { skip }, async () => {
  const { page } = await signedIn(browser, 'rep.kemar', '/leads/import');
  await page.locator('input[type=file]').setInputFiles({ name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('\n\n') });
  await page.getByText('There is no row in the file').waitFor();
});
