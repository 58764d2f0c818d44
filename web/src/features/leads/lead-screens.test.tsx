import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import type { FakeServer } from '../../test/fake-server';
import { openSignedIn, useFakeServer } from '../../test/render';

let server: FakeServer;
beforeEach(() => {
  server = useFakeServer();
});

const refuse = (status: number, body: object) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', 'x-request-id': '7f3a-91c2' } });

describe('the list', () => {
  it('shows leads by score, with their count', async () => {
    await openSignedIn('/leads');
    const table = await screen.findByRole('table', { name: /Leads/ });
    const cells = await within(table).findAllByRole('button', { name: /^Score \d+/ });
    const scores = cells.map((cell) => Number(/\d+/.exec(cell.getAttribute('aria-label')!)![0]));
    expect(scores.length).toBeGreaterThan(5);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(await screen.findByText('1–100 of 120')).toBeTruthy();
  });

  it('keeps its filters in the address and reads them from there', async () => {
    const { user, history } = await openSignedIn('/leads?status=new&band=hot');
    await screen.findByText('hot');
    await user.click(screen.getByRole('button', { name: 'Remove filter Score' }));
    await waitFor(() => expect(history.location.search).toBe('?status=new'));
    await user.type(screen.getByRole('searchbox'), 'Jan');
    await waitFor(() => expect(history.location.search).toBe('?status=new&q=Jan'));
    await waitFor(() => expect(server.requests.some((line) => line.includes('business_name=ilike.Jan%25'))).toBe(true));
  });

  it('names the filter that hides the most when nothing matches', async () => {
    await openSignedIn('/leads?status=archived&days=90');
    expect(await screen.findByText('Nothing matches 2 filters')).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Remove that filter' })).toBeTruthy();
  });

  it('says what happened and quotes the request when the server fails', async () => {
    server.override = (request, url) => url.pathname.endsWith('/submissions') && request.method === 'GET'
      ? refuse(400, { code: 'XX000', message: 'The server is not well', details: null, hint: null })
      : undefined;
    await openSignedIn('/leads');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Could not load the leads');
    expect(alert.textContent).toContain('7f3a-91c2');
  });

  it('moves by J and K and opens by Enter', async () => {
    const { user, history } = await openSignedIn('/leads');
    const table = await screen.findByRole('table', { name: /Leads/ });
    await within(table).findAllByRole('button', { name: /^Score \d+/ });
    await user.keyboard('jjk');
    const here = table.querySelector('tr[aria-current]');
    expect(here?.getAttribute('aria-rowindex')).toBe('2');
    await user.keyboard('{Enter}');
    await waitFor(() => expect(history.location.pathname).toBe(`/leads/${here?.getAttribute('data-lead') ?? ''}`));
  });
});

describe('a lead', () => {
  const lead = () => server.leads.find((one) => one.status === 'new')!;
  const openLead = () => openSignedIn(`/leads/${lead().id}`);

  it('explains its score by factors that add up', async () => {
    await openLead();
    const part = await screen.findByRole('region', { name: 'Score' });
    const points = [...part.querySelectorAll('[data-points]')].map((cell) => Number(cell.getAttribute('data-points')));
    expect(points).toHaveLength(8);
    expect(points.reduce((sum, one) => sum + one, 0)).toBe(lead().lead_score);
    expect(part.querySelector('[data-sum]')?.textContent).toBe(String(lead().lead_score));
  });

  it('says why it was routed and assigned so', async () => {
    await openLead();
    const why = await screen.findByRole('group', { name: 'Why this place and this person' });
    expect(within(why).getByText('Rule 40, territory, least loaded')).toBeTruthy();
    expect(within(why).getByText('out of office')).toBeTruthy();
  });

  it('moves at once and offers to undo', async () => {
    const { user } = await openLead();
    await user.click(await screen.findByRole('button', { name: 'Move to…' }));
    await user.click(await screen.findByRole('button', { name: 'Contacted…' }));
    await user.click(screen.getByRole('button', { name: 'Move to Contacted' }));
    await screen.findByText(/moved to Contacted/);
    expect(server.leads.some((one) => one.status === 'contacted' && one.previous_status === 'new')).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText(/is New again/)).toBeTruthy();
  });

  it('goes back and says why when the move is refused', async () => {
    server.override = (_, url) => url.pathname.endsWith('/change_submission_status')
      ? refuse(409, { code: 'PT409', message: 'version_conflict', details: null, hint: null })
      : undefined;
    const { user } = await openLead();
    await user.click(await screen.findByRole('button', { name: 'Move to…' }));
    await user.click(await screen.findByRole('button', { name: 'Archived' }));
    expect(await screen.findByText(/stays New: somebody changed it a moment ago/)).toBeTruthy();
  });

  it('takes a note', async () => {
    const { user } = await openLead();
    await user.type(await screen.findByLabelText('Note'), 'Call again on Monday');
    await user.click(screen.getByRole('button', { name: 'Add note' }));
    expect(await screen.findByText('Call again on Monday')).toBeTruthy();
    expect(screen.getByLabelText('Note')).toHaveProperty('value', '');
  });

  it('that may not be seen looks like one that is not there', async () => {
    await openSignedIn('/leads/018f0000-0000-7000-8000-999999999999');
    expect(await screen.findByRole('heading', { name: 'This page is not on your chart' })).toBeTruthy();
  });
});
