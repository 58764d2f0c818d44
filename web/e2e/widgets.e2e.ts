// The further widgets: each number against SQL written by hand and against the list behind it; table, CSV, picture, templates, link.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, test } from 'node:test';

import type { Browser, Page } from 'playwright-core';

import { findings } from './axe.ts';
import { base, launch, needsDatabase, shots, signedIn, sql } from './kit.ts';

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

const at = (layout: string) => `/?layout=${layout}`;
const widget = (page: Page, id: string) => page.locator(`[data-widget="${id}"]`);
const bars = (page: Page, id: string) => widget(page, id).locator('[data-bar]').evaluateAll((found) =>
  Object.fromEntries(found.map((one) => [(one as HTMLElement).dataset['bar'] ?? '', Number((/: ([\d,]+)/.exec(one.querySelector('a')?.getAttribute('aria-label') ?? '')?.[1] ?? '0').replace(',', ''))])));
const counts = (column: string, rows: string) => sql(`select coalesce(json_object_agg(k, n), '{}') from (select ${column} as k, count(*) as n from public.submissions x
  where x.deleted_at is null and x.status in ('new', 'contacted', 'qualified', 'nurture') and ${rows} group by 1) g`) as Record<string, number>;
const some = (found: Record<string, number>) => Object.fromEntries(Object.entries(found).filter(([, n]) => n > 0));

test('what is open by score, interest, source and kind is what SQL says, and what the list behind shows', { skip: needsDatabase }, async () => {
  const looks = [['admin', 'true'], ['manager', `x.country = 'JM'`], ['viewer.cw', `x.country = 'CW'`]] as const;
  for (const [who, rows] of looks) {
    const { page, traffic } = await signedIn(browser, who, at('scores4.interest4.sources4.kinds4.sla4'));
    await widget(page, 'kinds').locator('[data-bar]').first().waitFor();
    await widget(page, 'sla').locator('[data-bar]').first().waitFor();
    assert.deepEqual(some(await bars(page, 'scores')), counts(`case when lead_score = 100 then '90' else (lead_score - lead_score % 10)::text end`, rows), who);
    assert.deepEqual(some(await bars(page, 'interest')), counts('interest_level::text', rows), who);
    assert.deepEqual(some(await bars(page, 'sources')), counts('channel', rows), who);
    assert.deepEqual(some(await bars(page, 'kinds')), counts('business_type', rows), who);
    assert.deepEqual(some(await bars(page, 'sla')), counts(`case when first_response_due_at <= now() then 'late' when first_response_due_at <= now() + interval '4 hours'
      then 'soon' when first_response_due_at is not null then 'later' else 'none' end`, `${rows} and x.first_response_at is null`), who);
    assert.deepEqual(traffic.complaints, []);
    if (who !== 'manager') continue;
    for (const id of ['scores', 'interest', 'sources', 'kinds', 'sla']) {
      const link = widget(page, id).locator('[data-bar] a').first();
      const said = Number(/: ([\d,]+)/.exec((await link.getAttribute('aria-label')) ?? '')?.[1]);
      await link.click();
      await page.getByRole('table', { name: new RegExp(`\\b${said}\\b`) }).waitFor();
      await page.goBack();
      await widget(page, id).locator('[data-bar]').first().waitFor();
    }
  }
});

test('conversion, weeks and leaders are what SQL says', { skip: needsDatabase }, async () => {
  const { page, traffic } = await signedIn(browser, 'manager', at('conversion6.weeks6.leaders6.queue6.recent6.velocity6'));
  const table = async (id: string) => {
    await widget(page, id).getByRole('button', { name: /^Menu of/ }).click();
    await page.getByRole('button', { name: 'View as table' }).click();
    return widget(page, id).locator('tbody tr').evaluateAll((found) => found.map((row) => [...row.children].map((one) => one.textContent.replaceAll(',', ''))));
  };
  await widget(page, 'conversion').locator('[data-bar]').first().waitFor();
  await widget(page, 'conversion').getByLabel('Group by').selectOption('business_type');
  await widget(page, 'conversion').locator('[data-bar="retail"]').waitFor();
  const conversion = await table('conversion');
  const wanted = sql(`select json_agg(json_build_array(n::text, open::text, won::text, lost::text) order by k) from (select business_type as k, count(*) as n,
      count(*) filter (where status in ('new', 'contacted', 'qualified', 'nurture')) as open, count(*) filter (where status = 'converted') as won,
      count(*) filter (where status in ('disqualified', 'archived')) as lost from public.submissions
    where country = 'JM' and deleted_at is null and duplicate_of is null and coalesce(status_reason, '') <> 'spam' and created_at >= now() - interval '180 days' group by 1) g`);
  assert.deepEqual(conversion.map((row) => row.slice(1, 5)), wanted);

  const weeks = await table('weeks');
  const total = sql(`select to_json(count(*)) from public.submissions where country = 'JM' and deleted_at is null and duplicate_of is null and coalesce(status_reason, '') <> 'spam'
    and created_at at time zone 'America/Jamaica' >= date_trunc('week', now() at time zone 'America/Jamaica') - interval '11 weeks'`);
  assert.equal(weeks.flatMap((row) => row.slice(1)).reduce((sum, one) => sum + Number(one), 0), total);

  const leaders = await table('leaders');
  const won = sql(`select coalesce(json_agg(json_build_array(p.full_name, g.usd::text, g.won::text, g.n::text) order by g.usd desc), '[]') from (select d.owner_id, count(*) as n,
      count(*) filter (where outcome = 'won') as won, coalesce(round(sum(d.value * (select r.usd from public.exchange_rates r where r.currency = d.currency
        and r.rate_date <= d.rate_date order by r.rate_date desc limit 1)) filter (where outcome = 'won'), 2), 0) as usd
    from public.deals d join public.submissions s on s.id = d.submission_id where d.deleted_at is null and s.country = 'JM' and d.outcome is not null
      and d.close_date >= date_trunc('month', now() at time zone 'America/Jamaica')::date and d.owner_id is not null group by 1) g join public.profiles p on p.id = g.owner_id`) as string[][];
  assert.deepEqual(leaders.map(([name, usd, ...rest]) => [name, Number(usd), ...rest]).sort(), won.map(([name, usd, ...rest]) => [name, Number(usd), ...rest]).sort());
  const queue = sql(`select to_json(count(*)) from public.submissions where country = 'JM' and deleted_at is null and owner_id is null and status in ('new', 'contacted', 'qualified', 'nurture')`) as number;
  await widget(page, 'queue').getByText(queue === 0 ? 'Every open lead has an owner' : queue === 1 ? 'One lead has no owner' : `${queue} leads have no owner`).waitFor();
  assert.deepEqual(traffic.complaints, []);
});

test('a rep sees the ranks of others without their names', async () => {
  const { page, traffic } = await signedIn(browser, 'rep.kemar', at('leaders6.tasks6'));
  await widget(page, 'leaders').getByRole('listitem').first().waitFor();
  const names = await widget(page, 'leaders').getByRole('listitem').allTextContents();
  assert.ok(names.every((one) => one.includes('Kemar') || one.includes('A colleague')), names.join('|'));
  assert.deepEqual(traffic.complaints, []);
});

test('figures are saved as CSV and as a picture', async () => {
  const { page } = await signedIn(browser, 'manager', at('kinds6'));
  await widget(page, 'kinds').locator('[data-bar]').first().waitFor();
  const saved = async (name: string) => {
    await widget(page, 'kinds').getByRole('button', { name: /^Menu of/ }).click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    return readFileSync(await file.path());
  };
  const csv = (await saved('Save as CSV')).toString('utf8');
  assert.match(csv, /^\ufeffKind,Leads,Share\r\n/);
  const shown = await bars(page, 'kinds');
  assert.deepEqual(csv.trim().split('\r\n').slice(1).map((line) => Number(line.split(',')[1])), Object.values(shown));
  const png = await saved('Save as PNG');
  assert.deepEqual([...png.subarray(1, 4)], [...Buffer.from('PNG')]);
  assert.ok(png.length > 5000, String(png.length));
});

test('one begins from a template; a link shows an arrangement, and it is kept where one wants it', { skip: needsDatabase }, async () => {
  const { page, traffic } = await signedIn(browser, 'manager', '/');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: base });
  await page.getByRole('button', { name: 'Edit layout' }).click();
  await page.getByLabel('Start from').selectOption('manager');
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByText('Your layout is saved').waitFor();
  await widget(page, 'weeks').getByRole('table').waitFor();
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByText('The link is copied').waitFor();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  const other = await signedIn(browser, 'viewer.cw', link.pathname + link.search);
  await other.page.getByText('A shared arrangement').waitFor();
  await widget(other.page, 'weeks').getByRole('table').waitFor();
  assert.ok(!other.traffic.holds('Saint Andrew'), 'with what he himself may see');
  await other.page.getByRole('button', { name: 'Keep it' }).click();
  await other.page.getByText('The arrangement is yours now').waitFor();
  assert.equal(sql(`select to_json(jsonb_array_length(widgets)) from public.dashboard_layouts where user_id = (select id from public.profiles where email ^@ 'viewer.cw')`), 11);
  assert.deepEqual(traffic.complaints, []);
  sql(`with gone as (delete from public.dashboard_layouts returning 1) select to_json(count(*)) from gone`);
});

test('axe finds nothing in any widget, in both themes and on a phone', async () => {
  const all = 'scores4.interest4.sources4.kinds4.conversion4.velocity4.weeks6.leaders6.map6.sla6.recent4.queue4.tasks4';
  for (const look of [{ theme: 'light' as const }, { theme: 'dark' as const }, { phone: true }]) {
    const { page, traffic } = await signedIn(browser, 'admin', at(all), look);
    await page.setViewportSize(look.phone === true ? { width: 390, height: 844 } : { width: 1440, height: 1700 });
    for (const id of ['kinds', 'conversion', 'sla']) await widget(page, id).locator('[data-bar]').first().waitFor();
    await widget(page, 'map').getByRole('link').first().waitFor();
    await page.waitForTimeout(500);
    assert.deepEqual(await findings(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await page.screenshot({ path: `${shots}/widgets-${look.theme ?? 'phone'}.png` });
    assert.deepEqual(traffic.complaints, []);
  }
});
