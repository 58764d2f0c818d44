// Organisations and contacts: the lists against SQL, corrections that others see at once, undo, and no more than one may see.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import type { Browser, Page } from 'playwright-core';

import { findings } from './axe.ts';
import { base, countOf, launch, needsDatabase, shots, signedIn, sql, type Traffic } from './kit.ts';

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

const quiet = (traffic: Traffic) => assert.deepEqual(traffic.complaints, []);
const table = (page: Page) => page.getByRole('table', { name: /organisations|contacts/ });

test('the list says what SQL says, page by page', { skip: needsDatabase }, async () => {
  for (const [who, rows] of [['admin', 'true'], ['manager', `x.country = 'JM'`], ['viewer.cw', `x.country = 'CW'`]] as const) {
    const { page, traffic } = await signedIn(browser, who, '/organizations');
    const wanted = sql(`select json_build_object('all', count(*), 'first', (array_agg(x.name order by x.name_key collate "C", x.id))[1:5])
      from public.organizations x where x.deleted_at is null and ${rows}`) as { all: number; first: string[] };
    await page.getByText(`of ${wanted.all} organisations`).waitFor();
    await table(page).getByRole('link', { name: wanted.first[0]!, exact: true }).waitFor();    // counted apart from the rows
    const names = await table(page).locator('tbody tr td:first-child a').allTextContents();
    assert.deepEqual(names.slice(0, 5), wanted.first, who);
    quiet(traffic);
  }
});

test('an organisation says what SQL says of it', { skip: needsDatabase }, async () => {
  const found = sql(`select json_build_object('id', o.id, 'name', o.name, 'open', (select round(sum(d.value * (select r.usd from public.exchange_rates r
      where r.currency = d.currency and r.rate_date <= d.rate_date order by r.rate_date desc limit 1))) from public.deals d
      where d.organization_id = o.id and d.outcome is null), 'lead', s.business_name, 'person', c.full_name, 'phone', h.number)
    from public.organizations o join public.submissions s on s.organization_id = o.id join public.deals d on d.submission_id = s.id and d.outcome is null
    join public.contacts c on c.id = s.contact_id join public.contact_phones h on h.contact_id = c.id
    where o.country = 'JM' and d.value > 0 order by o.name limit 1`) as { id: string; name: string; open: number; lead: string; person: string; phone: string };
  const { page, traffic } = await signedIn(browser, 'manager', `/organizations/${found.id}`);
  await page.getByRole('heading', { level: 1 }).getByText(found.name).waitFor();
  const shown = await page.locator('dl div', { hasText: 'Open deals, US$' }).locator('dd').textContent();
  const figure = Number(shown?.replace(/[,k M]/g, '')) * (shown?.includes('k') ? 1000 : shown?.includes('M') ? 1e6 : 1);
  assert.ok(Math.abs(figure - found.open) <= found.open * 0.06, `${shown} of ${found.open}`);
  await page.getByRole('region', { name: 'Leads' }).getByRole('link', { name: new RegExp(found.lead.slice(0, 12)) }).waitFor();
  await page.getByRole('region', { name: 'Contacts' }).getByRole('link', { name: found.person }).click();
  await page.waitForURL(/\/contacts\//);
  await page.getByRole('link', { name: found.phone }).waitFor();
  quiet(traffic);
});

test('a correction is seen by a colleague at once, and undone; numbers likewise', { skip: needsDatabase }, async () => {
  const { page, traffic } = await signedIn(browser, 'manager', '/organizations?sort=newest');
  const first = table(page).locator('tbody tr td:first-child a').first();
  const name = (await first.textContent()) ?? '';
  const other = await signedIn(browser, 'admin', `/organizations?q=${encodeURIComponent(name.slice(0, 10))}`);
  await other.page.getByRole('link', { name }).first().waitFor();
  await first.click();
  await page.getByRole('button', { name: /^Organisation: / }).click();
  await page.getByRole('textbox', { name: 'Organisation' }).fill('X');
  await page.keyboard.press('Enter');
  await page.getByText('A name has 2 to 120 characters.').waitFor();
  await page.getByRole('textbox', { name: 'Organisation' }).fill(`${name} of the Port`);
  await page.waitForTimeout(1500);
  await page.keyboard.press('Enter');
  await page.getByText('Organisation is saved').waitFor();
  await other.page.getByRole('link', { name: `${name} of the Port` }).first().waitFor({ timeout: 5000 });
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Organisation is as it was').waitFor();
  await other.page.getByRole('link', { name, exact: true }).first().waitFor({ timeout: 5000 });

  // One who has a number, so that there is something to go back to.
  const one = sql(`select to_json(c.id) from public.contacts c join public.territories t on t.id = c.territory_id
    where t.country = 'JM' and c.deleted_at is null and (select count(*) from public.contact_phones p where p.contact_id = c.id) = 1
    order by c.created_at limit 1`) as string;
  await page.goto(`${base}/contacts/${one}`);
  await page.getByRole('button', { name: 'Change the numbers' }).click();
  await page.getByRole('button', { name: 'Add a number' }).click();
  await page.getByLabel('Number 2', { exact: true }).fill('876 555');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('A number begins with +').waitFor();
  await page.getByLabel('Number 2', { exact: true }).fill('+1 (876) 555-0199');
  await page.getByLabel('Kind of number 2').selectOption('whatsapp');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: '+18765550199' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await page.getByRole('link', { name: '+18765550199' }).waitFor({ state: 'detached' });
  assert.deepEqual(traffic.complaints.filter((words) => !words.includes('422')), []);
});

test('one who came meanwhile waits until he is asked for', { skip: needsDatabase }, async () => {
  const { page } = await signedIn(browser, 'manager', '/organizations?sort=newest');
  await table(page).locator('tbody tr').first().waitFor();
  await page.waitForTimeout(1500);
  sql(`insert into public.organizations (territory_id, country, name, name_key)
    select id, 'JM', 'Aqueduct Ices', 'aqueduct ices' from public.territories where code = 'JM-01' returning 1`);
  await page.getByRole('button', { name: /1 new/ }).click();
  await page.getByRole('link', { name: 'Aqueduct Ices' }).waitFor();
});

test('a lead links to both; what one may not see is as missing as what is not', { skip: needsDatabase }, async () => {
  const lead = sql(`select json_build_object('id', s.id, 'name', o.name) from public.submissions s join public.organizations o on o.id = s.organization_id
    where s.country = 'JM' and s.status = 'contacted' limit 1`) as { id: string; name: string };
  const { page, traffic } = await signedIn(browser, 'manager', `/leads/${lead.id}`);
  await page.getByRole('link', { name: lead.name }).last().click();
  await page.waitForURL(/\/organizations\//);
  const hidden = sql(`select to_json(id) from public.organizations where country = 'CW' limit 1`) as string;
  for (const id of [hidden, '00000000-0000-7000-8000-000000000000', 'nothing']) {
    await page.goto(`${base}/organizations/${id}`);
    await page.getByText('This page is not on your chart').waitFor();
  }
  assert.equal(await countOf(page, 'country=eq.CW'), 0);
  assert.ok(!traffic.holds('Willemstad'), 'nothing of another territory');
});

test('axe finds nothing, in both themes and on a phone', async () => {
  const looks = [{ theme: 'light' as const }, { theme: 'dark' as const }, { phone: true }];
  for (const look of looks) {
    const { page, traffic } = await signedIn(browser, 'manager', '/organizations', look);
    const name = look.theme ?? 'phone';
    await page.getByText(/of [\d,]+ organisations/).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.screenshot({ path: `${shots}/organizations-${name}.png` });
    await page.locator('a[href^="/organizations/"]').nth(3).click();
    await page.getByRole('region', { name: 'Contacts' }).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.screenshot({ path: `${shots}/organization-${name}.png` });
    await page.getByRole('region', { name: 'Contacts' }).getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Phones' }).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.screenshot({ path: `${shots}/contact-${name}.png` });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    quiet(traffic);
  }
});
