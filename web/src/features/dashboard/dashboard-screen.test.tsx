import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import type { FakeServer } from '../../test/fake-server';
import { open, openSignedIn, useFakeServer } from '../../test/render';

let server: FakeServer;
beforeEach(() => {
  server = useFakeServer();
});

describe('the dashboard', () => {
  it('shows every number with what it is compared with', async () => {
    await openSignedIn('/');
    const cell = async (name: string) => (await screen.findByRole('group', { name })).textContent;
    expect(await cell('New leads, last 7 days')).toContain('86↑ 12 from 74');
    expect(await cell('Contacted within SLA')).toContain('91%↑ 4 pts of 64 due, was 87%');
    expect(await cell('Median first response')).toContain('1 h 52 m↓ 23 m from 2 h 15 m');
    expect(await cell('Open pipeline')).toContain('US$1.24 M147 deals');
  });

  it('shows the same days as a table', async () => {
    const { user } = await openSignedIn('/');
    await user.click(await screen.findByRole('button', { name: /^Menu of Leads (per|are)/ }));
    await user.click(await screen.findByRole('button', { name: 'View as table' }));
    const rows = within(screen.getByRole('columnheader', { name: 'Total' }).closest('table')!).getAllByRole('row');
    expect(rows).toHaveLength(29);
  });

  it('logs what happens and links to the lead', async () => {
    await openSignedIn('/');
    const log = await screen.findByRole('log');
    expect((await within(log).findAllByRole('link')).length).toBeGreaterThan(10);
  });

  it('keeps the parts that work when one fails', async () => {
    server.override = (_, url) => url.pathname.endsWith('/lead_funnel')
      ? new Response(JSON.stringify({ code: 'XX', message: 'no', details: null, hint: null }), { status: 400, headers: { 'x-request-id': 'req-1', 'content-type': 'application/json' } })
      : undefined;
    await openSignedIn('/');
    expect((await screen.findByRole('alert')).textContent).toContain('req-1');
    expect(await screen.findByRole('group', { name: 'Open leads' })).toBeTruthy();
  });
});

describe('without a session', () => {
  it('asks to sign in, and says what is wrong', async () => {
    const { user, history } = open('/leads?status=new');
    await user.type(await screen.findByLabelText('E-mail'), 'manager@harbourpay.example');
    expect(history.location.pathname).toBe('/sign-in');
    await user.type(screen.getByLabelText('Password'), 'wrong');
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('do not belong together');
    expect(document.activeElement).toBe(alert);
    await user.clear(screen.getByLabelText('Password'));
    await user.type(screen.getByLabelText('Password'), 'right');
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByRole('table', { name: /Leads/ })).toBeTruthy();
    expect(history.location.href).toBe('/leads?status=new');
  });
});
