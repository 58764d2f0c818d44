// The list as a file: what is on screen and no more, harmless in a spreadsheet, and written down.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, test } from 'node:test';

import type { Browser, Page } from 'playwright-core';

import { countOf, launch, needsDatabase, signedIn, sql } from './kit.ts';

const skip = needsDatabase;
let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

async function fileOf(page: Page, press: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return readFileSync(await download.path(), 'utf8');
}
const lines = (file: string) => file.trimEnd().split('\r\n');

test('the filter on screen becomes a file with its columns; formulas are text in it; the log says who took it', { skip }, async () => {
  const hostile = '=HYPERLINK("http://evil.example","Click")';
  const id = sql(`update public.submissions set business_name = '${hostile}', current_processor = '<script>' where id = (select id from public.submissions
    where country = 'JM' and status = 'contacted' and deleted_at is null order by id limit 1) returning to_json(id)`) as string;
  const { page, traffic } = await signedIn(browser, 'manager', '/leads?status=contacted&sort=newest');
  await page.locator('tr[data-lead]').first().waitFor();
  const file = await fileOf(page, () => page.getByRole('button', { name: 'Export these leads as CSV' }).click());
  assert.ok(file.startsWith('\uFEFFScore,Business,Contact,Country,Territory,Status'));
  assert.equal(lines(file).length - 1, await countOf(page, 'status=eq.contacted'));
  assert.ok(file.includes(`"'=HYPERLINK(""http://evil.example"",""Click"")"`), 'guarded and quoted');
  assert.ok(!file.includes('Cayman') && !file.includes(',KY,'), 'no other territory');
  assert.match(sql(`select changed -> 'query' from public.audit_log where op = 'export' order by id desc limit 1`) as string, /status=in/);
  assert.deepEqual(traffic.complaints, []);
  // Two ticked: two lines.
  await page.locator('tr[data-lead]').first().getByRole('checkbox').check();
  await page.locator(`tr[data-lead="${id}"]`).getByRole('checkbox').check();
  const some = await fileOf(page, () => page.getByRole('region', { name: 'Change many leads' }).getByRole('button', { name: 'Export' }).click());
  assert.equal(lines(some).length, 3);
});

test('who only looks takes no file', { skip }, async () => {
  const { page } = await signedIn(browser, 'viewer.cw', '/leads');
  await page.locator('tr[data-lead]').first().waitFor();
  assert.equal(await page.getByRole('button', { name: 'Export these leads as CSV' }).count(), 0);
  const status = await page.evaluate(async () => {
    const session = JSON.parse(localStorage.getItem('flash.session') ?? '{}') as { access_token: string };
    return (await fetch('/api/leads/export', { method: 'POST', body: '{"query":"","columns":["score"]}', headers: { authorization: `Bearer ${session.access_token}` } })).status;
  });
  assert.equal(status, 403);
});
