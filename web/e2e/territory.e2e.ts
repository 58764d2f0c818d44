// The page of a territory: each number against SQL written by hand and against the list that it opens; it follows what others do.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import type { Browser, Page } from 'playwright-core';

import { findings } from './axe.ts';
import { isLive, launch, needsDatabase, shots, signedIn, sql } from './kit.ts';

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

const placeOf = (code: string) => String(sql(`select to_json(id) from public.territories where code = '${code}'`));
const open = `('new', 'contacted', 'qualified', 'nurture')`;
const usd = `x.value * (select r.usd from public.exchange_rates r where r.currency = x.currency and r.rate_date <= x.rate_date order by r.rate_date desc limit 1)`;
const short = (amount: number): string => (amount >= 999_500 ? `${(amount / 1e6).toFixed(2)} M` : amount >= 1000 ? `${(amount / 1000).toFixed(1)} k` : amount.toFixed(0));

async function rowsOf(page: Page): Promise<Record<string, Record<string, string>>> {
  await page.locator('[data-member]').first().waitFor();
  return page.locator('[data-member]').evaluateAll((rows) => Object.fromEntries(rows.map((row) => [
    (row as HTMLElement).dataset['member'] ?? '', Object.fromEntries([...row.querySelectorAll('td')].map((cell) => [cell.dataset['of'] ?? '', cell.textContent])),
  ])));
}

interface Person { id: string; open: number; hot: number; late: number; due: number; in_time: number; deals: number; pipe: number; won: number; closed: number; usd: number; capacity: number; load: number }

test('what a manager reads of his people, stages and places is what SQL says, and what the lists behind show', { skip: needsDatabase }, async () => {
  for (const [who, code, rows] of [['manager', 'JM', `t.country = 'JM'`], ['admin', 'CW', `t.country = 'CW'`]] as const) {
    const { page, traffic } = await signedIn(browser, who, `/territory?territory=${placeOf(code)}`);
    const team = await rowsOf(page);
    const wanted = sql(`with s as (select x.* from public.submissions x join public.territories t on t.id = x.territory_id where x.deleted_at is null and ${rows}),
      d as (select x.*, ${usd} as usd from public.deals x join public.territories t on t.id = x.territory_id where x.deleted_at is null and ${rows})
      select json_agg(g) from (select p.id, p.capacity,
        (select count(*) from s where owner_id = p.id and status in ${open}) as open,
        (select count(*) from s where owner_id = p.id and status in ${open} and score_band = 'hot') as hot,
        (select count(*) from s where owner_id = p.id and status in ${open} and first_response_at is null and first_response_due_at <= now()) as late,
        (select count(*) from d where owner_id = p.id and outcome is null) as deals,
        (select coalesce(sum(usd), 0) from d where owner_id = p.id and outcome is null) as pipe,
        (select count(*) from d where owner_id = p.id and outcome = 'won' and close_date >= date_trunc('month', now() at time zone 'America/Jamaica')::date) as won,
        (select count(*) from d where owner_id = p.id and outcome is not null and close_date >= date_trunc('month', now() at time zone 'America/Jamaica')::date) as closed,
        (select coalesce(sum(usd), 0) from d where owner_id = p.id and outcome = 'won' and close_date >= date_trunc('month', now() at time zone 'America/Jamaica')::date) as usd
      from public.profiles p) g where g.open + g.deals + g.closed > 0`) as Person[];
    assert.ok(wanted.length > 0);
    for (const one of wanted) {
      const shown = team[one.id];
      assert.ok(shown, `${one.id} is missing`);
      assert.deepEqual([shown['open'], shown['hot'], shown['late'], shown['deals'], shown['pipe'], shown['closed'], shown['won']],
        [String(one.open), String(one.hot), String(one.late), String(one.deals), short(one.pipe), `${one.won} of ${one.closed}`, short(one.usd)]);
    }

    const stages = await page.locator('[data-stage]').evaluateAll((found) => found.map((row) => [(row as HTMLElement).dataset['stage'], ...[...row.querySelectorAll('td')].slice(0, 3).map((cell) => cell.textContent)]));
    const piped = sql(`with d as (select x.*, ${usd} as usd from public.deals x join public.territories t on t.id = x.territory_id where x.deleted_at is null and x.outcome is null and ${rows})
      select json_object_agg(k, json_build_array(n, usd, weighted)) from (select coalesce(stage, 'all') as k, count(*) as n, coalesce(sum(usd), 0) as usd, coalesce(sum(usd * probability / 100), 0) as weighted
        from d group by rollup (stage)) g`) as Record<string, [number, number, number]>;
    for (const [stage = '', ...cells] of stages) {
      const [n, value, weighted] = piped[stage] ?? [0, 0, 0];
      assert.deepEqual(cells, [String(n), short(value), short(weighted)], stage);
    }

    const places = Object.fromEntries(await page.locator('[data-place]').evaluateAll((found) => found.map((row): [string, { cover: string; counts: number[] }] => [
      (row as HTMLElement).dataset['place'] ?? '',
      { cover: (row as HTMLElement).dataset['cover'] ?? '', counts: [...row.querySelectorAll('a')].slice(1).map((cell) => Number(cell.textContent)) },
    ])));
    const covered = sql(`select json_object_agg(t.id, json_build_array(
        (select count(*) from public.profiles p where p.active and p.role = 'rep' and exists (select from public.profile_territories n
          join flash.territory_paths c on c.ancestor_id = n.territory_id where n.profile_id = p.id and c.descendant_id = t.id)),
        (select count(*) from public.submissions s where s.deleted_at is null and s.territory_id = t.id and s.status in ${open}),
        (select count(*) from public.submissions s where s.deleted_at is null and s.territory_id = t.id and s.status in ${open} and s.owner_id is null)))
      from public.territories t where ${rows} and not exists (select from public.territories b where b.parent_id = t.id)`) as Record<string, number[]>;
    assert.deepEqual(Object.keys(places).sort(), Object.keys(covered).sort());
    for (const [id, counts] of Object.entries(covered)) {
      assert.deepEqual(places[id]?.counts, counts, id);
      assert.equal(places[id].cover === 'none', counts[0] === 0, id);
    }
    assert.deepEqual(traffic.complaints, []);
  }
});

test('a figure opens the list behind it, and the weeks are those of SQL', { skip: needsDatabase }, async () => {
  const { page, traffic } = await signedIn(browser, 'manager', `/territory?territory=${placeOf('JM')}`);
  await page.locator('[data-member]').first().waitFor();
  for (const name of [/: \d+ open leads$/, /: \d+ hot leads$/, /: \d+ late leads$/]) {
    const links = page.locator('[data-member]').getByRole('link', { name });
    const at = (await links.allTextContents()).findIndex((text) => Number(text) > 0);
    if (at < 0) continue;
    const said = await links.nth(at).textContent();
    await links.nth(at).click();
    await page.getByRole('table', { name: new RegExp(`\\b${said ?? ''}\\b`) }).waitFor();
    await page.goBack();
    await page.locator('[data-member]').first().waitFor();
  }
  const place = page.locator('[data-place]').first();
  const said = await place.getByRole('link', { name: /open leads$/ }).textContent();
  if (Number(said) > 0) {
    await place.getByRole('link', { name: /open leads$/ }).click();
    await page.getByRole('table', { name: new RegExp(`\\b${said ?? ''}\\b`) }).waitFor();
    await page.goBack();
  }
  await page.getByRole('button', { name: /^Menu of (Leads|Leads are .*)$/ }).first().click();
  await page.getByRole('button', { name: 'View as table' }).click();
  const weeks = await page.locator('section[aria-labelledby=trend-title] tbody tr').evaluateAll((found) => found.map((row) => [...row.children].map((one) => one.textContent.replaceAll(',', ''))));
  assert.equal(weeks.length, 12);
  const wanted = sql(`select json_object_agg(week, n) from (select date_trunc('week', created_at at time zone 'America/Jamaica')::date as week, count(*) as n from public.submissions
    where country = 'JM' and deleted_at is null and duplicate_of is null and coalesce(status_reason, '') <> 'spam' group by 1) g`) as Record<string, number>;
  for (const [week = '', leads] of weeks) assert.equal(Number(leads), wanted[week] ?? 0, week);
  assert.deepEqual(traffic.complaints, []);
});

test('a place without a rep is said, capacity too, and the page follows what others do', { skip: needsDatabase }, async () => {
  const { page, traffic } = await signedIn(browser, 'manager', `/territory?territory=${placeOf('JM')}`);
  await page.locator('[data-member]').first().waitFor();
  await isLive(page);
  const lead = sql(`select json_build_object('id', x.id, 'owner', x.owner_id) from public.submissions x where x.country = 'JM' and x.deleted_at is null and x.owner_id is not null and x.status in ${open}
    order by x.id limit 1`) as { id: string; owner: string };
  const cell = page.locator(`[data-member="${lead.owner}"] [data-of=open]`);
  const before = Number(await cell.textContent());
  sql(`update public.submissions set owner_id = null where id = '${lead.id}'`);
  await page.waitForFunction(([owner, n]) => document.querySelector(`[data-member="${owner}"] [data-of=open]`)?.textContent === n, [lead.owner, String(before - 1)] as const);
  sql(`update public.submissions set owner_id = '${lead.owner}' where id = '${lead.id}'`);
  await page.waitForFunction(([owner, n]) => document.querySelector(`[data-member="${owner}"] [data-of=open]`)?.textContent === n, [lead.owner, String(before)] as const);
  const capacity = sql(`select to_json(capacity) from public.profiles where id = '${lead.owner}'`) as number;
  sql(`update public.profiles set capacity = 1 where id = '${lead.owner}'`);
  await page.reload();
  await page.locator(`[data-member="${lead.owner}"]`).getByText('full', { exact: true }).waitFor();
  sql(`update public.profiles set capacity = ${capacity} where id = '${lead.owner}'`);
  assert.deepEqual(traffic.complaints, []);
});

test('a rep has no such page, and nothing of it is asked for', async () => {
  const { page, traffic } = await signedIn(browser, 'rep.kemar', '/territory');
  await page.getByText('No territory to show').waitFor();
  const asked: string[] = [];
  page.on('request', (one) => asked.push(one.url()));
  await page.reload();
  await page.getByText('No territory to show').waitFor();
  assert.deepEqual(asked.filter((url) => /rpc\/(territory_(team|coverage|trend)|board_totals)/.test(url)), []);
  assert.equal(await page.getByRole('navigation').getByRole('link', { name: 'Territory', exact: true }).count(), 0);
  assert.deepEqual(traffic.complaints, []);
});

test('axe finds nothing on the page of a territory, in both themes and on a phone', async () => {
  for (const look of [{ theme: 'light' as const }, { theme: 'dark' as const }, { phone: true }]) {
    const { page, traffic } = await signedIn(browser, 'manager', '/territory', look);
    await page.locator('[data-member]').first().waitFor();
    await page.locator('[data-place]').first().waitFor();
    await page.waitForTimeout(400);
    assert.deepEqual(await findings(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await page.screenshot({ path: `${shots}/territory-${look.theme ?? 'phone'}.png` });
    assert.deepEqual(traffic.complaints, []);
  }
});
