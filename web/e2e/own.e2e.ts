// What a person makes his own: notices and how they come, and the arrangement of the dashboard, on two devices.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';

import type { Browser, Page } from 'playwright-core';

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

const rochelle = `(select p.id from public.profiles p where p.email ^@ 'rep.rochelle')`;
const widgets = (page: Page) => page.locator('[data-widget]').evaluateAll((found) => found.map((one) => (one as HTMLElement).dataset['widget']));

test('the centre shows all notices; a kind that is switched off is not told any more', { skip }, async () => {
  const { page, traffic } = await signedIn(browser, 'rep.rochelle', '/');
  const tell = (type: string) => sql(`select to_json(flash.notify(${rochelle}, '${type}', 'submission',
    (select s.id from public.submissions s where s.owner_id = ${rochelle} limit 1), '{"business_name": "Papine Cafe"}', 'normal'))`);
  sql(`delete from public.notifications where user_id = ${rochelle}`);
  sql(`delete from public.notification_prefs where user_id = ${rochelle}`);
  tell('hot_lead');
  tell('contacted_again');
  await page.getByRole('button', { name: 'Notifications, 2 unread' }).click();
  await page.getByRole('link', { name: 'All notifications' }).click();
  await page.getByRole('heading', { name: 'What you are told, and how' }).waitFor();
  await page.getByRole('button', { name: /Papine Cafe is now hot/ }).waitFor();
  await page.waitForTimeout(300);
  assert.deepEqual(await findings(page), []);
  await page.screenshot({ path: path.join(shots, 'notifications.png') });

  await page.getByRole('checkbox', { name: 'A lead becomes hot: Here' }).uncheck();
  await page.getByRole('button', { name: 'Set quiet hours' }).click();
  await page.getByText('Your settings are saved').waitFor();
  assert.deepEqual(sql(`select json_build_array(in_app, quiet_from::text, quiet_to::text) from public.notification_prefs where user_id = ${rochelle} and type = 'hot_lead'`), [false, '20:00:00', '07:00:00']);
  assert.equal(tell('hot_lead'), null);
  await page.getByRole('button', { name: 'Mark all read' }).click();
  await page.getByRole('radio', { name: 'Unread' }).click();
  await page.getByText('Nothing is unread.').waitFor();
  await page.reload();
  assert.equal(await page.getByRole('checkbox', { name: 'A lead becomes hot: Here' }).isChecked(), false);
  assert.deepEqual(traffic.complaints, []);
});

test('the dashboard is arranged by keys, menu and dragging, kept on the server, and the same on another device', { skip }, async () => {
  const { page, traffic } = await signedIn(browser, 'viewer.cw', '/');
  await page.getByRole('log').getByRole('link').first().waitFor();
  assert.deepEqual(await widgets(page), ['per_day', 'funnel', 'feed', 'hot', 'places']);
  await page.getByRole('button', { name: 'Edit layout' }).click();
  await page.getByRole('button', { name: 'Move Hot leads', exact: true }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowUp');
  await page.waitForTimeout(300);
  assert.deepEqual(await findings(page), []);
  await page.screenshot({ path: path.join(shots, 'dashboard-edit.png') });
  await page.getByRole('button', { name: 'Remove Leads per day' }).click();
  await page.getByLabel('Width of Where the leads stand').selectOption({ label: '8 of 12' });
  await page.getByRole('button', { name: 'Move Open leads by place', exact: true }).dragTo(page.locator('[data-widget=funnel]'), { targetPosition: { x: 120, y: 120 } });
  assert.deepEqual(await widgets(page), ['places', 'funnel', 'hot', 'feed']);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByText('Your layout is saved').waitFor();

  const other = await signedIn(browser, 'viewer.cw', '/');
  await other.page.locator('[data-widget=hot]').waitFor();
  assert.deepEqual(await widgets(other.page), ['places', 'funnel', 'hot', 'feed']);
  const kept = sql(`select widgets from public.dashboard_layouts where user_id = (select p.id from public.profiles p where p.email ^@ 'viewer.cw')`);
  assert.deepEqual(kept, [{ id: 'places', width: 4 }, { id: 'funnel', width: 8 }, { id: 'hot', width: 4 }, { id: 'feed', width: 3 }]);

  // Cancel gives up; the first arrangement is a press away.
  await other.page.getByRole('button', { name: 'Edit layout' }).click();
  await other.page.getByRole('button', { name: 'As at first' }).click();
  assert.equal((await widgets(other.page)).length, 5);
  await other.page.getByRole('button', { name: 'Cancel' }).click();
  assert.deepEqual(await widgets(other.page), ['places', 'funnel', 'hot', 'feed']);
  await other.page.getByRole('button', { name: 'Edit layout' }).click();
  await other.page.getByLabel('Add widget').selectOption({ label: 'Leads per day' });
  await other.page.getByRole('button', { name: 'As at first' }).click();
  await other.page.getByRole('button', { name: 'Done' }).click();
  await other.page.getByText('Your layout is saved').waitFor();
  assert.deepEqual(await widgets(other.page), ['per_day', 'funnel', 'feed', 'hot', 'places']);
  assert.deepEqual([...traffic.complaints, ...other.traffic.complaints], []);
});
