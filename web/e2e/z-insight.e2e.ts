// The learned result on a lead's page: it adds up, what-if and score say the same, and another model is seen live.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import type { Browser, Page } from 'playwright-core';

import { findings } from './axe.ts';
import { launch, needsDatabase, signedIn, sql } from './kit.ts';

let browser: Browser;
before(async () => {
  browser = await launch();
  // Closed leads of which interest and pains decide, so that there is a model.
  if (needsDatabase === false) sql(`begin;
    do $$ begin perform set_config('flash.via', 'import', true), setseed(0.3); end $$;
    insert into public.submissions (created_at, business_name, owner_name, email, country, business_type, interest_level,
      pain_points, status, status_reason, processed_at, lead_score, scored_at, score_band, status_changed_at, territory_id)
    select r.at, 'Closed ' || r.i, 'Owner', 'c' || r.i || '@closed.example', 'JM',
      (array['retail', 'restaurant', 'other'])[1 + r.i % 3], r.interest,
      (array['high_fees', 'slow_processing', 'reporting', 'integration'])[1:r.pains],
      case when r.won then 'converted' else 'disqualified' end, case when not r.won then 'no_need' end, now(), 50, now(),
      'cool', r.at + make_interval(days => 5 + r.i % 60), flash.home_territory('JM', null)
    from (select i, now() - interval '300 days' + make_interval(hours => i) as at, interest, pains,
        random() < 1 / (1 + exp(-0.8 * (interest - 5.5 + 2 * (pains - 2)))) as won
      from (select i, 1 + (random() * 9)::int as interest, (random() * 4)::int as pains
        from generate_series(1, 700) i) q) r; commit`);
});
after(() => browser.close());
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

const lead = (): string => sql(`select to_json(id) from public.submissions where status = 'contacted' and country = 'JM'
  and deleted_at is null order by created_at desc limit 1`) as string;
const chance = async (page: Page): Promise<number> => Number(await page.locator('[data-chance]').getAttribute('data-chance'));

/** Calls the lead API with the token that the page has. */
const ask = <T>(page: Page, path: string, body?: unknown): Promise<T> => page.evaluate(async ([at, sent]) => {
  const kept = JSON.parse(Object.values<string>({ ...localStorage }).find((value) => value.includes('access_token')) ?? '{}') as { access_token?: string };
  const answer = await fetch(at, {
    method: sent === null ? 'GET' : 'POST', headers: { authorization: `Bearer ${kept.access_token ?? ''}`, 'content-type': 'application/json' },
    ...(sent !== null && { body: sent }),
  });
  return answer.json() as Promise<unknown>;
}, [path, body === undefined ? null : JSON.stringify(body)] as const) as Promise<T>;

test('without a model the page says that the chance is not known', { skip: needsDatabase }, async () => {
  sql(`begin; update public.models set status = 'retired' where status = 'champion'; select flash.tell_models(); commit; select 1`);
  const { page } = await signedIn(browser, 'rep.kemar', `/leads/${lead()}`);
  const none = page.getByText('No learned model is in force');
  // The server hears of it with the next look.
  for (let i = 0; i < 40 && (await none.count()) === 0; ++i) {
    await page.waitForTimeout(500);
    await page.reload();
    await page.getByRole('heading', { name: 'Chance to win' }).waitFor();
  }
  await none.waitFor();
});

test('a trained model is seen live by whoever has a lead open, adds up, and what-if says what a score would', { skip: needsDatabase, timeout: 300_000 }, async () => {
  const { page: rep, traffic } = await signedIn(browser, 'rep.kemar', `/leads/${lead()}`);
  await rep.getByText('No learned model is in force').waitFor();
  const { page: manager } = await signedIn(browser, 'manager', '/model');
  await manager.getByRole('button', { name: /^Train/ }).click();
  await rep.locator('[data-chance]').waitFor({ timeout: 120_000 });
  const said = await chance(rep);

  // From the average lead to this one, in points.
  const effects = await rep.locator('[data-effect]').evaluateAll((all) => all.map((one) => Number(one.getAttribute('data-effect'))));
  const insight = await ask<{ probability: number; average: number; levers: { field: string; values: number[] }[] }>(rep, `/api/leads/${lead()}/score`);
  assert.equal(said, insight.probability);
  assert.ok(Math.abs(effects.reduce((sum, one) => sum + one, 0) - 100 * (said - insight.average)) < 1e-3);
  assert.deepEqual(await findings(rep), []);

  // The panel shows what the server answers.
  await rep.getByRole('slider', { name: /^Interest/ }).focus();
  await rep.keyboard.press('Home');
  const lowest = insight.levers.find(({ field }) => field === 'interest_level')?.values[0];
  const supposed = await ask<{ after: { probability: number } }>(rep, `/api/leads/${lead()}/what-if`, { features: { interest_level: lowest } });
  await rep.locator(`[data-supposed="${supposed.after.probability}"]`).waitFor();
  assert.equal(await chance(rep), said, 'nothing is saved');

  // 1,000 leads that differ from this one by chance: what-if of this one and the score of that one are the same number.
  const twins = sql(`with made as (
      insert into public.submissions (business_name, owner_name, email, phone, country, territory_id, business_type, monthly_revenue_band,
        employee_band, monthly_transactions, average_ticket, year_established, interest_level, pain_points, current_processor,
        decision_makers, specific_needs, package_seen, preferred_language, consent_marketing, stated_value, currency, channel,
        previous_customer, form_data, created_at, status, processed_at)
      select s.business_name || ' ' || i, s.owner_name, case when s.email is not null then 't' || i || '@twin.example' end, s.phone, s.country,
        s.territory_id, s.business_type, s.monthly_revenue_band, s.employee_band, s.monthly_transactions, s.average_ticket,
        s.year_established, 1 + (random() * 9)::int, (array['high_fees', 'slow_processing', 'reporting', 'integration'])[1:(random() * 4)::int],
        case when random() < 0.5 then 'Bank' end, s.decision_makers, s.specific_needs, random() < 0.5, s.preferred_language,
        s.consent_marketing, s.stated_value, s.currency, s.channel, s.previous_customer, s.form_data, s.created_at, 'new', now()
      from public.submissions s cross join generate_series(1, 1000) i where s.id = '${lead()}' returning *)
    select json_agg(json_build_object('id', m.id, 'features', flash.lead_features(m))) from made m`) as { id: string; features: Record<string, unknown> }[];
  assert.equal(twins.length, 1000);
  const at = lead();
  const known = new Set((await ask<{ factors: { field: string }[] }>(rep, `/api/leads/${at}/score`)).factors.map(({ field }) => field));
  const wrong = await rep.evaluate(async ({ all, of, fields }) => {
    const kept = JSON.parse(Object.values<string>({ ...localStorage }).find((value) => value.includes('access_token')) ?? '{}') as { access_token?: string };
    const headers = { authorization: `Bearer ${kept.access_token ?? ''}`, 'content-type': 'application/json' };
    const probability = async (path: string, body?: unknown): Promise<number | undefined> => {
      const answer = await fetch(path, body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) });
      const said = (await answer.json()) as { probability?: number; after?: { probability: number } };
      return said.after?.probability ?? said.probability;
    };
    const faults: string[] = [];
    for (const { id, features } of all) {
      const asked = Object.fromEntries(Object.entries(features).filter(([field]) => fields.includes(field)));
      const [score, supposedOne] = await Promise.all([probability(`/api/leads/${id}/score`), probability(`/api/leads/${of}/what-if`, { features: asked })]);
      if (score === undefined || score !== supposedOne) faults.push(`${id}: ${score} and ${supposedOne} for ${JSON.stringify(asked)}`);
    }
    return faults;
  }, { all: twins, of: at, fields: [...known] });
  assert.deepEqual(wrong.slice(0, 5), []);
  sql(`begin; delete from public.submissions where email like '%@twin.example'; commit`);
  assert.deepEqual(traffic.complaints, []);
});

test('an edit of the lead is answered with its new chance, and on a phone too', { skip: needsDatabase }, async () => {
  const { page } = await signedIn(browser, 'rep.kemar', `/leads/${lead()}`, { phone: true });
  await page.locator('[data-chance]').waitFor();
  const before = await chance(page);
  const interest = sql(`select interest_level from public.submissions where id = '${lead()}'`) as number;
  sql(`update public.submissions set interest_level = ${interest > 5 ? 1 : 10} where id = '${lead()}'`);
  await page.waitForFunction((was) => Number(document.querySelector('[data-chance]')?.getAttribute('data-chance')) !== was, before);
  const after = await chance(page);
  assert.ok(interest > 5 ? after < before : after > before, `${before} and ${after}`);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
});
