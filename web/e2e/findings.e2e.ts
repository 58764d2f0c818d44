// Facts from outside on the page of a lead: they come by themselves, are taken into a field, and put back.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import type { Browser, Locator, Page } from 'playwright-core';

import { findings } from './axe.ts';
import { launch, needsDatabase, shots, signedIn, sql } from './kit.ts';

const skip = needsDatabase;
let browser: Browser;
before(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await launch();
});
after(async () => {
  await browser.close();
  // They have neither score nor decision, which later journeys expect of every lead.
  if (skip === false) sql("with gone as (delete from public.submissions where business_name ^@ 'Facts ' returning 1) select count(*) from gone");
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

/** A lead of Kemar's that comes now, by another door than the form. */
const arrive = (name: string): string =>
  sql(`with made as (
      insert into public.submissions (territory_id, owner_id, country, business_name, owner_name, phone, business_type, interest_level, processed_at)
      select t.territory_id, p.id, 'JM', '${name}', 'Ana', '+18769221234', 'retail', 5, now()
      from public.profiles p join public.profile_territories t on t.profile_id = p.id
      where p.email like 'rep.kemar@%' order by t.territory_id limit 1 returning id)
    select to_json(id) from made`) as string;

const addressOf = (id: string) => sql(`select to_json(coalesce(address, '')) from public.submissions where id = '${id}'`);

/** The section, which is loaded when somebody comes to it. */
async function factsOf(page: Page): Promise<Locator> {
  await page.locator('h1').waitFor();
  await page.locator('[data-later]').scrollIntoViewIfNeeded({ timeout: 2000 }).catch(() => undefined);
  return page.getByRole('region', { name: 'Facts found' });
}

/** What the directory of places would have said: written as the job writes it. */
const say = (id: string, address: string) =>
  sql(`select to_json(1) from flash.enrich_write('${id}', now(), '[{"source":"places","subject":"Facts, JM","state":"found","keep":false,
    "facts":[{"name":"address","value":"${address}","sure":90,"field":"address"},{"name":"website","value":"https://facts.example/","sure":90},
    {"name":"status","value":"operational","sure":90}]}]', '{}', null)`);

test('a new lead has its facts without a reload, a person takes one and puts it back', { skip }, async () => {
  const id = arrive('Facts At Last');
  const { page, traffic } = await signedIn(browser, 'rep.kemar', `/leads/${id}`);
  const section = await factsOf(page);
  // The housework finds new leads within ten seconds; what waits before this one comes first.
  await section.getByRole('region', { name: 'Phone number' }).getByText('(876) 922-1234').waitFor({ timeout: 90_000 });
  await section.getByText('Jamaica').waitFor();
  say(id, '1 King Street, Kingston');
  await section.getByText('1 King Street, Kingston').waitFor();
  await section.getByText('90% sure').first().waitFor();
  await section.getByText('open for business').waitFor();
  assert.deepEqual(await findings(page), []);
  await section.scrollIntoViewIfNeeded();
  await page.screenshot({ path: path.join(shots, 'findings.png') });
  assert.equal(addressOf(id), '', 'nothing is written by itself');

  await section.getByRole('button', { name: 'Take 1 King Street, Kingston as Address' }).click();
  await page.getByText('Address was taken from Places directory').waitFor();
  assert.equal(addressOf(id), '1 King Street, Kingston');
  await section.getByRole('button', { name: 'Undo: put back Address as it was' }).click();
  await page.getByText('Address is what it was').waitFor();
  assert.equal(addressOf(id), '');

  // What somebody types over a fact that was taken stays.
  await section.getByRole('button', { name: 'Take 1 King Street, Kingston as Address' }).click();
  await section.getByRole('button', { name: 'Undo: put back Address as it was' }).waitFor();
  sql(`update public.submissions set address = 'Typed' where id = '${id}' returning 1`);
  await section.getByRole('button', { name: 'Take 1 King Street, Kingston as Address' }).waitFor();
  assert.equal(addressOf(id), 'Typed');
  assert.deepEqual(traffic.complaints, []);
});

test('sources are asked again by a button, and an admin reads which are off', { skip }, async () => {
  const id = arrive('Facts Anew');
  sql(`select to_json(1) from flash.enrich_write('${id}', now(), '[{"source":"phone","subject":"+18769221234","asked_at":"2026-01-01","state":"failed",
    "reason":"resting","facts":[]}]', '{}', null)`);
  const { page, traffic } = await signedIn(browser, 'admin', `/leads/${id}`);
  const section = await factsOf(page);
  await section.getByText('Places directory is off: no address').waitFor();
  await section.getByText('Company register is off: no address').waitFor();
  await section.getByRole('button', { name: 'Ask again' }).click();
  await section.getByRole('region', { name: 'Phone number' }).getByText('(876) 922-1234').waitFor({ timeout: 60_000 });
  assert.deepEqual(traffic.complaints, []);
});

test('a viewer reads facts and changes nothing', { skip }, async () => {
  const id = sql(`select to_json(s.id) from public.submissions s where s.country = 'CW' and s.deleted_at is null and s.duplicate_of is null
    order by s.created_at limit 1`) as string;
  say(id, '2 Harbour Street');
  const { page, traffic } = await signedIn(browser, 'viewer.cw', `/leads/${id}`);
  const section = await factsOf(page);
  await section.getByText('2 Harbour Street').waitFor();
  assert.equal(await section.getByRole('button').count(), 0);
  assert.equal(await section.getByText('is off').count(), 0);
  assert.deepEqual(traffic.complaints, []);
});
