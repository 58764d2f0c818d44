import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import { openSignedIn, useFakeServer } from '../../test/render';
import type { FakeServer } from '../../test/fake-server';

let server: FakeServer;
beforeEach(() => {
  server = useFakeServer();
});

const openPalette = async (path = '/') => {
  const app = await openSignedIn(path);
  await screen.findByRole('button', { name: /Search or run/ });
  await app.user.keyboard('{Control>}k{/Control}');
  return { ...app, box: await screen.findByRole('combobox', { name: /Search leads/ }) };
};

describe('the palette', () => {
  it('finds a record and opens it with Enter', async () => {
    const { user, history, box } = await openPalette();
    const lead = server.leads[4]!;
    await user.type(box, lead.business_name.slice(0, 6));
    await screen.findByRole('group', { name: 'Leads and deals' });
    await user.keyboard('{Enter}');
    await waitFor(() => expect(history.location.pathname).toMatch(/^\/leads\/[0-9a-f-]{36}$/));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('does not open what another word had found', async () => {
    const { user, history, box } = await openPalette();
    await user.type(box, server.leads[0]!.business_name.split(' ')[0]!);
    await screen.findByRole('group', { name: 'Leads and deals' });
    await user.clear(box);
    await user.type(box, 'go to leads{Enter}');
    await waitFor(() => expect(history.location.pathname).toBe('/leads'));
  });

  it('runs a command, and walks in a ring', async () => {
    const { user, box } = await openPalette();
    await user.type(box, 'theme dark');
    const options = await screen.findAllByRole('option');
    expect(options).toHaveLength(1);
    await user.keyboard('{ArrowUp}{ArrowDown}{Enter}');
    await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
  });

  it('says when nothing fits, and closes by its key', async () => {
    const { user, box } = await openPalette();
    await user.type(box, 'qqqqq');
    await screen.findByText(/Nothing is called “qqqqq”/);
    await user.keyboard('{Control>}k{/Control}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

describe('the bell', () => {
  it('counts what is unread; opening one reads it and leads to its record', async () => {
    const { user, history } = await openSignedIn('/');
    await user.click(await screen.findByRole('button', { name: 'Notifications, 2 unread' }));
    const list = await screen.findByRole('list', { name: 'Notifications' });
    await user.click(within(list).getByRole('button', { name: /is now hot/ }));
    await waitFor(() => expect(history.location.pathname).toBe(`/leads/${server.leads[0]!.id}`));
    await screen.findByRole('button', { name: 'Notifications, 1 unread' });
    expect(server.tables['notifications']?.filter((row) => row['read_at'] === null)).toHaveLength(1);
  });

  it('reads all up to the newest on screen, and comes back when the server refuses', async () => {
    const { user } = await openSignedIn('/');
    await user.click(await screen.findByRole('button', { name: 'Notifications, 2 unread' }));
    server.override = (_request, url) => url.pathname.endsWith('mark_notifications_read')
      ? new Response(JSON.stringify({ code: 'XX000', message: 'out of order' }), { status: 500, headers: { 'content-type': 'application/json' } })
      : undefined;
    await user.click(await screen.findByRole('button', { name: 'Mark all read' }));
    await screen.findByText(/could not be marked read: out of order/);
    await screen.findByText('2 unread');
    server.override = undefined;
    await user.click(screen.getByRole('button', { name: 'Mark all read' }));
    await screen.findByText('all read');
  });
});

it('the sidebar remembers which section is closed', async () => {
  localStorage.setItem('flash.recent', '[{"id":"x","name":"Blue Mahoe"},7,{"id":3}]');
  const { useRecentLeads } = await import('../../features/leads/recent');
  useRecentLeads.setState({ leads: [{ id: 'x', name: 'Blue Mahoe' }] });
  const { user } = await openSignedIn('/');
  await screen.findByRole('link', { name: 'Blue Mahoe' });
  await user.click(screen.getByRole('button', { name: 'Recent' }));
  expect(screen.queryByRole('link', { name: 'Blue Mahoe' })).toBeNull();
  expect(localStorage.getItem('flash.sidebar.closed')).toBe('recent');
});
