// Every number of the dashboard against SQL: as the superuser, with the scope of the person written out by hand.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import type { Browser, Page } from 'playwright-core';

import { launch, needsDatabase, signedIn, sql } from './kit.ts';

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

const inCountry = (country: string) => `x.territory_id in (select id from public.territories where country = '${country}')`;
const person = (name: string) => `(select id from public.profiles where email = '${name}@harbourpay.example')`;
const surrey = `x.territory_id in (select id from public.territories
  where code in ('JM-SURREY', 'JM-01', 'JM-02', 'JM-03', 'JM-04'))`;

/** Who looks, at what, which rows that is (`own`: also rows of deals and activities that are his), and his day. */
interface Look {
  who: string;
  at: string;
  rows: string;
  own?: string;
  zone: string;
}
const looks: Look[] = [
  { who: 'admin', at: '/', rows: 'true', zone: 'America/Jamaica' },
  { who: 'admin', at: 'JM-SURREY', rows: surrey, zone: 'America/Jamaica' },
  { who: 'manager', at: '/', rows: inCountry('JM'), own: `x.owner_id = ${person('manager')} or ${inCountry('JM')}`, zone: 'America/Jamaica' },
  { who: 'rep.kemar', at: '/', rows: `(x.owner_id = ${person('rep.kemar')} or ${inCountry('JM')})`, zone: 'America/Jamaica' },
  { who: 'viewer.cw', at: '/', rows: inCountry('CW'), zone: 'America/Curacao' },
];

interface Wanted {
  new: [number, number];
  open: number;
  hot: number;
  sla: { due: number; share: number | null; before: number | null };
  response: { n: number; median: number | null; before: number | null };
  pipeline: [number, number];
  won: [number, number];
  rates: string;
  days: { day: string; country: string; leads: number }[];
  statuses: Record<string, number>;
  hottest: { name: string; score: number; late: boolean }[];
  places: { name: string; leads: number }[];
  feed: { at: string; kind: string; name: string | null; actor: string | null; to: string | null }[];
}

/** All figures in one statement, at the moment at which the page read its own. */
function wantedOf({ rows, own, zone }: Look, now: string): Wanted {
  const at = `timestamptz '${now}'`;
  const deals = (own ?? rows);
  return sql(`
    with s as (select x.* from public.submissions x where x.deleted_at is null and (${rows})),
    counted as (select *, created_at >= ${at} - interval '7 days' as young,
        first_response_due_at is not null and (first_response_at is not null or first_response_due_at <= ${at}) as judged,
        first_response_at <= first_response_due_at as in_time,
        extract(epoch from first_response_at - created_at) / 60 as minutes
      from s where duplicate_of is null and (status <> 'disqualified' or coalesce(status_reason, '') <> 'spam')),
    week as (select * from counted where created_at >= ${at} - interval '14 days'),
    opened as (select * from s where status in ('new', 'contacted', 'qualified', 'nurture')),
    ranked as (select young, minutes, row_number() over w as place, count(*) over (partition by young) as n
      from week where minutes is not null window w as (partition by young order by minutes)),
    medians as (select young, round(avg(minutes)) as median, max(n) as n from ranked
      where place in ((n + 1) / 2, (n + 2) / 2) group by young),
    d as (select x.*, x.value * (select r.usd from public.exchange_rates r where r.currency = x.currency
        and r.rate_date <= x.rate_date order by r.rate_date desc limit 1) as usd
      from public.deals x where x.deleted_at is null and (${deals})),
    days as (select (c.created_at at time zone z.zone)::date as day, t.country, count(*) as leads
      from counted c join public.territories t on t.id = c.territory_id
      join (values ('JM', 'America/Jamaica'), ('KY', 'America/Cayman'), ('CW', 'America/Curacao'), ('BB', 'America/Barbados'))
        as z(country, zone) on z.country = t.country
      where (c.created_at at time zone z.zone)::date > (${at} at time zone z.zone)::date - 28 group by 1, 2),
    leaves as (select t.name, count(*) as leads from opened o join public.territories t on t.id = o.territory_id
      where not exists (select from public.territories c where c.parent_id = t.id) group by t.id, t.name)
    select json_build_object(
      'new', json_build_array((select count(*) from week where young), (select count(*) from week where not young)),
      'open', (select count(*) from opened), 'hot', (select count(*) from opened where lead_score >= 80),
      'sla', json_build_object('due', (select count(*) from week where young and judged),
        'share', (select round(100.0 * count(*) filter (where in_time) / nullif(count(*), 0)) from week where young and judged),
        'before', (select round(100.0 * count(*) filter (where in_time) / nullif(count(*), 0)) from week where not young and judged)),
      'response', json_build_object('n', (select coalesce(max(n), 0) from medians where young),
        'median', (select median from medians where young), 'before', (select median from medians where not young)),
      'pipeline', (select json_build_array(coalesce(sum(usd), 0), count(*)) from d where outcome is null),
      'won', (select json_build_array(coalesce(sum(usd), 0), count(*)) from d where outcome = 'won'
        and close_date >= date_trunc('month', ${at} at time zone '${zone}')::date),
      'rates', (select max(rate_date) from public.exchange_rates where rate_date <= (${at} at time zone '${zone}')::date),
      'days', (select coalesce(json_agg(days), '[]') from days),
      'statuses', (select coalesce(json_object_agg(status, n), '{}') from (select status, count(*) as n from counted
        where created_at >= ${at} - interval '90 days' group by 1) g),
      'hottest', (select coalesce(json_agg(json_build_object('name', business_name, 'score', lead_score, 'late',
          first_response_at is null and first_response_due_at < ${at})), '[]') from opened where lead_score >= 80),
      'places', (select coalesce(json_agg(leaves order by leads desc, name), '[]') from leaves),
      'feed', (select coalesce(json_agg(json_build_object('at', f.created_at, 'kind', f.kind, 'name', l.business_name,
          'actor', a.full_name, 'to', o.full_name) order by f.created_at desc, f.id desc), '[]')
        from (select x.* from public.activities x where x.deleted_at is null and (${deals})
          order by x.created_at desc, x.id desc limit 30) f
        left join public.submissions l on l.id = f.submission_id left join public.profiles a on a.id = f.actor_id
        left join public.profiles o on o.id::text = f.data ->> 'to'))`) as Wanted;
}

const figures = (text: string): number[] => [...text.replace(/(\d),(?=\d{3})/g, '$1').matchAll(/\d+(?:\.\d+)?/g)].map(([one]) => Number(one));
const span = (minutes: number): string => {
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  if (d >= 2) return `${d} d`;
  return [[d, 'd'], [h, 'h'], [m, 'm']].filter(([n]) => n !== 0).slice(0, 2).map(([n, unit]) => `${String(n)} ${String(unit)}`).join(' ') || '0 m';
};
const dollars = (usd: number): string => {
  if (usd >= 999_500) return `US$${(usd / 1e6).toFixed(2)} M`;
  return usd >= 1000 ? `US$${(usd / 1000).toFixed(1)} k` : `US$${usd.toFixed(0)}`;
};

async function cell(page: Page, name: string | RegExp): Promise<{ value: string; more: string }> {
  const lines = page.getByRole('group', { name, exact: true }).locator('p');
  return { value: (await lines.nth(1).innerText()).trim(), more: (await lines.nth(2).innerText()).trim() };
}

async function compareCells(page: Page, wanted: Wanted): Promise<void> {
  const [now, before] = wanted.new;
  const fresh = await cell(page, 'New leads, last 7 days');
  assert.equal(fresh.value, String(now));
  if (now !== before) assert.deepEqual(figures(fresh.more).slice(0, 2), [Math.abs(now - before), before]);
  const open = await cell(page, 'Open leads');
  assert.equal(open.value, String(wanted.open));
  assert.deepEqual(figures(open.more), [wanted.hot]);
  const sla = await cell(page, 'Contacted within SLA');
  const { share, due, before: shareBefore } = wanted.sla;
  assert.equal(sla.value, share === null ? '–' : `${share}%`);
  if (share !== null) {
    const moved = shareBefore === null || shareBefore === share ? [due] : [Math.abs(share - shareBefore), due, shareBefore];
    assert.deepEqual(figures(sla.more), moved);
  }
  const response = await cell(page, 'Median first response');
  const { median, before: medianBefore, n } = wanted.response;
  assert.equal(response.value, median === null ? '–' : span(median));
  if (median !== null && medianBefore !== null && median !== medianBefore) {
    assert.ok(response.more.includes(`${span(Math.abs(median - medianBefore))} from ${span(medianBefore)}`), response.more);
  } else if (median !== null) assert.equal(figures(response.more)[0], n);
  for (const [name, [usd, deals]] of [['Open pipeline', wanted.pipeline], [/^Won in/, wanted.won]] as const) {
    const money = await cell(page, name);
    assert.equal(money.value, dollars(usd), String(name));
    const day = new Date(`${wanted.rates}T12:00:00`).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' }).replace('Sept', 'Sep');
    assert.equal(figures(money.more)[0], deals, String(name));
    assert.ok(money.more.includes(day), `${money.more} of ${day}`);
    assert.ok(money.more.includes('example rates'), 'the demo says that its rates are examples');
  }
}

/** What the bars say: the top of each day's stack, read against the figures of the axis. */
const readBars = (page: Page): Promise<number[]> =>
  page.getByRole('img', { name: 'Leads per day' }).evaluate((chart) => {
    const number = (element: Element | undefined, name: string) => Number(element?.getAttribute(name));
    const groups = [...chart.querySelectorAll('g')];
    const steps = groups.flatMap((group) => {
      const [line, text] = [group.querySelector('line'), group.querySelector('text')];
      return line && text ? [{ y: number(line, 'y1') - 0.5, leads: Number(text.textContent) }] : [];
    });
    const [zero, top] = [steps[0], steps.at(-1)];
    if (!zero || !top) return [];
    const perPixel = (top.leads - zero.leads) / (zero.y - top.y);
    return groups.filter((group) => !group.querySelector('line')).map((group) => {
      const tops = [...group.querySelectorAll('rect')].map((bar) => number(bar, 'y'));
      return tops.length === 0 ? 0 : Math.round((zero.y - Math.min(...tops)) * perPixel);
    });
  });

async function compareDays(page: Page, wanted: Wanted, zone: string): Promise<void> {
  const names: Record<string, string> = { JM: 'Jamaica', KY: 'Cayman Islands', CW: 'Curaçao', BB: 'Barbados' };
  const section = page.locator('section[aria-labelledby=per-day-title]');
  const bars = wanted.days.length > 0 ? await readBars(page) : [];
  await section.getByRole('button', { name: /^Menu of/ }).click();
  await page.getByRole('button', { name: 'View as table' }).click();
  const table = await section.locator('tr').evaluateAll((lines) => lines.map((line) => [...line.children].map((one) => one.textContent)));
  const [head = [], ...lines] = table;
  assert.equal(lines.length, 28);
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date());
  assert.ok((lines[0]?.[0] ?? '') >= today);
  const totals: number[] = [];
  for (const [day = '', ...counts] of lines) {
    const of = (country: string) => wanted.days.find((one) => one.day === day && one.country === country)?.leads ?? 0;
    const countries = head.slice(1, -1).map((name) => Object.keys(names).find((code) => names[code] === name) ?? name);
    assert.deepEqual(counts.map(Number), [...countries.map(of), countries.map(of).reduce((a, b) => a + b, 0)], day);
    totals.unshift(Number(counts.at(-1)));
  }
  // No day and no country is left out: the whole is the sum of its parts.
  assert.equal(totals.reduce((a, b) => a + b, 0), wanted.days.reduce((sum, { leads }) => sum + leads, 0));
  if (bars.length > 0) assert.deepEqual(bars, totals, 'the bars are as high as the table says');
  const title = (await section.locator('h2').textContent()) ?? '';
  const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
  const [weekBefore, week] = [sum(totals.slice(-15, -8)), sum(totals.slice(-8, -1))];
  if (title.includes('%')) assert.equal(figures(title)[0], Math.round((Math.abs(week - weekBefore) / weekBefore) * 100));
}

async function compareFunnel(page: Page, wanted: Wanted): Promise<void> {
  const lines = await page.locator('tr[data-status]').evaluateAll((rows) => rows.map((row) => ({
    status: row.getAttribute('data-status') ?? '', leads: row.querySelector('b')?.textContent ?? '', share: row.lastElementChild?.textContent,
  })));
  const all = Object.values(wanted.statuses).reduce((a, b) => a + b, 0);
  assert.equal(lines.length, 7);
  for (const { status, leads, share } of lines) {
    const count = wanted.statuses[status] ?? 0;
    assert.equal(figures(leads)[0], count, status);
    assert.equal(share, all === 0 ? '–' : `${Math.round((count / all) * 100)}%`, status);
  }
  const section = page.locator('section[aria-labelledby=funnel-title]');
  assert.equal(figures((await section.locator('h2 + p').textContent()) ?? '')[0], all);
  const title = figures((await section.locator('h2').textContent()) ?? '');
  const won = wanted.statuses['converted'] ?? 0;
  if (won >= 10) assert.ok(title.includes(Math.round(all / won)));
}

async function compareLists(page: Page, wanted: Wanted): Promise<void> {
  const hot = page.locator('section[aria-labelledby=hot-title]');
  const title = figures((await hot.locator('h2').textContent()) ?? '');
  const late = wanted.hottest.filter((lead) => lead.late).length;
  if (wanted.hot > 1) assert.equal(title[0], wanted.hot);
  if (wanted.hot > 1 && wanted.hot <= 50 && late > 0) assert.equal(title[1], late);
  const shown = await hot.locator('li a').evaluateAll((rows) => rows.map((row) => `${row.children[0]?.textContent ?? ''} ${row.children[1]?.textContent ?? ''}`));
  assert.equal(shown.length, Math.min(10, wanted.hot));
  const known = new Set(wanted.hottest.map(({ score, name }) => `${score} ${name}`));
  for (const line of shown) assert.ok(known.has(line), line);
  const places = await page.locator('section[aria-labelledby=places-title] li').evaluateAll((rows) =>
    rows.map((row) => ({ name: row.querySelectorAll('span')[1]?.textContent ?? '', leads: Number(row.querySelector('b')?.textContent) })));
  const best = wanted.places.slice(0, 8);
  assert.deepEqual(places.map(({ leads }) => leads), best.map(({ leads }) => leads));
  for (const place of places) assert.ok(wanted.places.some((one) => one.name === place.name && one.leads === place.leads), place.name);
}

async function compareFeed(page: Page, wanted: Wanted): Promise<void> {
  const rows = await page.getByRole('log').locator('li').evaluateAll((lines) => lines.map((line) => ({
    at: Date.parse(line.querySelector('time')?.dateTime ?? ''), name: line.querySelector('a')?.textContent ?? null, text: line.textContent,
  })));
  assert.equal(rows.length, wanted.feed.length);
  for (const [i, want] of wanted.feed.entries()) {
    const row = rows[i];
    assert.ok(row);
    assert.equal(row.at, Math.floor(Date.parse(want.at)), `time of row ${i}`);
    if (want.name !== null) assert.equal(row.name, want.name);
    if (want.kind === 'assignment') {
      assert.ok(want.to === null ? row.text.includes('waits in the queue') : row.text.includes(`was assigned to ${want.to}`), row.text);
    } else if (want.actor !== null && want.kind !== 'intake') assert.ok(row.text.includes(want.actor), row.text);
  }
}

for (const look of looks) {
  test(`every number of the dashboard of ${look.who}${look.at === '/' ? '' : ` at ${look.at}`} is what SQL says`, { skip: needsDatabase }, async () => {
    const at = look.at === '/' ? '/' : `/?territory=${String(sql(`select to_json(id) from public.territories where code = '${look.at}'`))}`;
    // Signed in first, so that the numbers come with the first page that is drawn.
    const { page, traffic } = await signedIn(browser, look.who, '/leads');
    const read = page.waitForResponse((answer) => answer.url().endsWith('/rpc/dashboard_stats'));
    await page.goto(new URL(at, page.url()).href);
    const { updated_at: now } = (await (await read).json()) as { updated_at: string };
    await page.getByRole('log').locator('li').first().waitFor();
    await page.locator('tr[data-status]').first().waitFor();
    await page.locator('section[aria-labelledby=places-title] li').first().waitFor();
    await page.locator('section[aria-labelledby=per-day-title] svg[role=img]').waitFor();
    const wanted = wantedOf(look, now);
    await compareCells(page, wanted);
    await compareDays(page, wanted, look.zone);
    await compareFunnel(page, wanted);
    await compareLists(page, wanted);
    await compareFeed(page, wanted);
    assert.deepEqual(traffic.complaints, []);
  });
}
