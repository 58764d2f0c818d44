// What to do next with a lead: steps with their reasons, done, later, or no; taken back; seen live by a second person.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import type { Browser } from 'playwright-core';

import { findings } from './axe.ts';
import { ask, isLive, launch, needsDatabase, shots, signedIn, sql } from './kit.ts';

const skip = needsDatabase;
let browser: Browser;
before(async () => {
  mkdirSync(shots, { recursive: true });
  browser = await launch();
});
after(() => browser.close());
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

/** A lead of its own, that nobody has answered and that gave no telephone. */
const aLead = (name: string): string => sql(`insert into public.submissions (business_name, owner_name, email, country, business_type,
    interest_level, owner_id, territory_id, processed_at)
  select '${name}', 'Owner', 'advice-' || gen_random_uuid() || '@lead.example', 'JM', 'retail', 5, p.id, flash.home_territory('JM', null), now()
  from public.profiles p where p.email ^@ 'rep.kemar' returning to_json(id)`) as string;
const stateOf = (id: string): unknown => sql(`select coalesce(json_object_agg(split_part(key, ':', 1), state), '{}')
  from public.recommendation_states where submission_id = '${id}'`);

test('a step is done, put off and refused with its reason beside it; each is taken back, and a manager sees it live', { skip }, async () => {
  const id = aLead('Advice Cafe');
  const { page, traffic } = await signedIn(browser, 'rep.kemar', `/leads/${id}`);
  const { page: manager } = await signedIn(browser, 'manager', `/leads/${id}`);
  await page.locator('[data-step="first_contact"]').getByText('nobody has been in touch').waitFor();
  await page.locator('[data-step="ask_phone"]').getByText('no number known').waitFor();
  await manager.locator('[data-step="ask_phone"]').waitFor();
  await Promise.all([isLive(page), isLive(manager)]);
  assert.deepEqual(await findings(page), []);
  await page.screenshot({ path: path.join(shots, 'advice.png') });

  // Without a model nobody claims a gain.
  assert.equal(await page.getByText(/\+[\d.]+ points \(/).count(), 0);

  await page.getByRole('button', { name: 'No, not needed: Ask for a phone number' }).click();
  await page.getByText('Ask for a phone number: not needed').waitFor();
  await manager.locator('[data-step="ask_phone"]').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Later, in three days: Send the package' }).click();
  await manager.locator('[data-step="send_package"]').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Done: Make first contact' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Nothing to do now.').waitFor();
  await manager.getByText('Nothing to do now.').waitFor();
  assert.deepEqual(stateOf(id), { ask_phone: 'dismissed', send_package: 'snoozed', first_contact: 'done' });

  // The last by the message, another by the list of what was decided.
  await page.getByText('Make first contact: done').locator('..').getByRole('button', { name: 'Undo' }).click();
  await page.locator('[data-step="first_contact"]').waitFor();
  await page.getByRole('button', { name: '2 decided' }).click();
  await page.getByRole('button', { name: 'Take back: Ask for a phone number' }).click();
  await page.locator('[data-step="ask_phone"]').waitFor();
  await manager.locator('[data-step="ask_phone"]').waitFor();
  assert.deepEqual(stateOf(id), { send_package: 'snoozed' });

  // A contact makes the step needless, wherever it was noted.
  sql(`insert into public.activities (submission_id, kind, territory_id, actor_id, completed_at)
    select s.id, 'call', s.territory_id, s.owner_id, now() from public.submissions s where s.id = '${id}' returning 1`);
  await page.locator('[data-step="first_contact"]').waitFor({ state: 'detached' });
  assert.deepEqual(traffic.complaints, []);
});

test('the door answers the same steps, to nobody who does not see the lead, and a viewer decides nothing', { skip }, async () => {
  const id = aLead('Advice Store');
  const { page } = await signedIn(browser, 'rep.kemar', `/leads/${id}`);
  await page.locator('[data-step]').first().waitFor();
  const at = `/api/leads/${id}/recommendations`;
  const { body } = await ask(page, at) as { body: { stage: string; reason: string | null; recommendations: { rule: string; gain: unknown }[] } };
  assert.deepEqual(body.recommendations.map(({ rule }) => rule).sort(), ['ask_phone', 'first_contact', 'send_package']);
  if (body.stage === 'rule') assert.match(body.reason ?? '', /No learned model/);
  const { page: other } = await signedIn(browser, 'rep.tiffany', '/leads');
  const refused = await ask(other, at);
  assert.equal((refused.body as { code: string }).code, 'not_found');
  const { page: nobody } = await signedIn(browser, 'viewer.cw', `/leads/${sql(`select to_json(id) from public.submissions
    where country = 'CW' and status = 'new' and deleted_at is null order by created_at desc limit 1`) as string}`);
  await nobody.getByRole('heading', { name: 'Recommended' }).waitFor();
  assert.equal(await nobody.getByRole('button', { name: /^Done: / }).count(), 0);
});

test('on a phone the steps fit', { skip }, async () => {
  const id = aLead('Advice Phone');
  const { page } = await signedIn(browser, 'rep.kemar', `/leads/${id}`, { phone: true, theme: 'dark' });
  await page.locator('[data-step="ask_phone"]').waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  await page.locator('[data-step="ask_phone"]').scrollIntoViewIfNeeded();
  await page.screenshot({ path: path.join(shots, 'advice-phone.png') });
  assert.deepEqual(await findings(page), []);
  sql(`with gone as (delete from public.submissions where email ^@ 'advice-' returning 1) select count(*) from gone`);
});
