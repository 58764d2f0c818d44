import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import { openSignedIn, useFakeServer } from '../../test/render';
import type { FakeServer } from '../../test/fake-server';

let server: FakeServer;
beforeEach(() => {
  server = useFakeServer();
});
const open = async () => {
  const app = await openSignedIn(`/leads/${server.leads[0]!.id}`);
  return { ...app, lead: server.leads[0]! };
};
const edit = async (user: Awaited<ReturnType<typeof open>>['user'], fact: RegExp, typed: string) => {
  await user.click(await screen.findByRole('button', { name: fact }));
  const field = await screen.findByRole('spinbutton');
  await user.clear(field);
  await user.type(field, `${typed}{Enter}`);
};

describe('a fact', () => {
  it('is changed in its place', async () => {
    const { user, lead } = await open();
    await edit(user, /^Change Transactions/, '750');
    await screen.findByRole('button', { name: 'Change Transactions, now 750 a month' });
    expect(lead.monthly_transactions).toBe(750);
  });

  it('stays as it was by Escape', async () => {
    const { user, lead } = await open();
    await user.click(await screen.findByRole('button', { name: /^Change Transactions/ }));
    await user.type(await screen.findByRole('spinbutton'), '9{Escape}');
    expect(screen.queryByRole('spinbutton')).toBeNull();
    expect(lead.monthly_transactions).toBe(200);
  });

  it('that nobody else touched is saved over a newer version of the lead', async () => {
    const { user, lead } = await open();
    await screen.findByRole('button', { name: /^Change Transactions/ });
    Object.assign(lead, { version: lead.version + 1, current_processor: 'Another' });
    await edit(user, /^Change Transactions/, '750');
    await waitFor(() => expect(lead.monthly_transactions).toBe(750));
    expect(lead.current_processor).toBe('Another');
  });

  it('that somebody changed meanwhile is not overwritten unseen: three values, one is kept', async () => {
    const { user, lead } = await open();
    await screen.findByRole('button', { name: /^Change Transactions/ });
    Object.assign(lead, { version: lead.version + 1, monthly_transactions: 500 });
    await edit(user, /^Change Transactions/, '750');
    const dialog = await screen.findByRole('alertdialog');
    expect(dialog.textContent).toContain('200 a month');
    expect(dialog.textContent).toContain('500 a month');
    expect(lead.monthly_transactions).toBe(500);
    await user.click(within(dialog).getByRole('radio', { name: /You/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Keep mine' }));
    await waitFor(() => expect(lead.monthly_transactions).toBe(750));
  });

  it('says which rule was broken, and keeps what was typed', async () => {
    const { user } = await open();
    server.override = (request) => request.method === 'PATCH'
      ? new Response(JSON.stringify({ code: 'validation_failed', errors: [{ field: 'year_established', rule: 'out_of_range', message: 'Between 1800 and this year.' }] }), { status: 422, headers: { 'content-type': 'application/json' } })
      : undefined;
    await edit(user, /^Change Established/, '3000');
    await screen.findByText('Established stays as it was: Between 1800 and this year.');
    expect(screen.getByRole('spinbutton')).toHaveProperty('value', '3000');
  });
});

describe('next steps', () => {
  it('are planned, ticked and taken back', async () => {
    const { user } = await open();
    await user.click(await screen.findByRole('button', { name: 'Add' }));
    await user.type(await screen.findByLabelText('What is to be done'), 'Send the package');
    await user.click(screen.getByRole('button', { name: 'Plan it' }));
    const box = await screen.findByRole('checkbox', { name: 'Send the package, done' });
    await user.click(box);
    await screen.findByText('Send the package is done');
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(screen.getByRole('checkbox', { name: 'Send the package, done' })).toHaveProperty('checked', false));
  });
});

describe('the line to write on', () => {
  it('mentions a colleague by keys alone', async () => {
    const { user } = await open();
    const box = await screen.findByLabelText('Note');
    const name = server.tables['profiles']![1]!['full_name'] as string;
    await user.type(box, `Can we hold it, @${name.slice(0, 3)}`);
    await screen.findByRole('list', { name: 'People to mention' });
    await user.keyboard('{Enter}');
    await waitFor(() => expect(box).toHaveProperty('value', `Can we hold it, @${name} `));
    await user.click(screen.getByRole('button', { name: 'Add note' }));
    await waitFor(() => expect(server.tables['activities']?.[0]?.['data']).toEqual({ mentions: [server.tables['profiles']![1]!['id']] }));
  });

  it('logs a call with the time it was', async () => {
    const { user } = await open();
    await user.type(await screen.findByLabelText('Note'), 'She wants a demo');
    await user.click(await screen.findByRole('radio', { name: 'Call' }));
    await user.click(screen.getByRole('button', { name: 'Log it' }));
    await waitFor(() => expect(server.tables['activities']?.[0]).toMatchObject({ kind: 'call', body: 'She wants a demo' }));
    expect(Date.parse(String(server.tables['activities']?.[0]?.['completed_at']))).toBeLessThanOrEqual(Date.now());
  });
});

it('the time line tells what was changed, from what to what, and shows a kind alone', async () => {
  server.tables['audit_log']!.push({
    id: 7, at: new Date().toISOString(), actor_id: server.tables['profiles']![1]!['id'], table_name: 'submissions', op: 'update',
    row_id: server.leads[0]!.id, changed: { monthly_revenue_band: ['10k-50k', '50k-100k'], lead_score: [40, 50] },
  });
  const { user } = await open();
  await screen.findByText('Monthly revenue: US$10k–50k became US$50k–100k');
  await user.click(screen.getByRole('button', { name: 'Notes' }));
  expect(screen.queryByText(/became/)).toBeNull();
});
