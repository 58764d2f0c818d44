import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import { openSignedIn, useFakeServer } from '../../test/render';
import type { FakeServer } from '../../test/fake-server';

let server: FakeServer;
beforeEach(() => {
  server = useFakeServer();
});

const column = (name: RegExp) => screen.findByRole('region', { name });
const openBoard = async (path = '/pipeline') => {
  const app = await openSignedIn(path);
  const proposal = await column(/^Proposal/);
  const card = (await within(proposal).findAllByRole('article'))[0]!;
  return { ...app, proposal, card, name: within(card).getByRole('link').textContent };
};

describe('the board', () => {
  it('moves a card by Shift and an arrow, keeps the focus on it, and takes it back', async () => {
    const { user, card, name } = await openBoard();
    within(card).getByRole('link').focus();
    await user.keyboard('{Shift>}{ArrowRight}{/Shift}');
    const negotiation = await column(/^Negotiation/);
    const moved = await within(negotiation).findByRole('link', { name });
    await waitFor(() => expect(document.activeElement).toBe(moved));
    expect(server.tables['deals']?.find(({ title }) => title === name)?.['stage']).toBe('negotiation');
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await within(await column(/^Proposal/)).findByRole('link', { name });
  });

  it('moves by the number in its menu', async () => {
    const { user, card, name } = await openBoard();
    within(card).getByRole('link').focus();
    await user.keyboard('m');
    await screen.findByRole('dialog', { name: new RegExp(`^Move the deal of ${name}`) });
    await user.keyboard('2');
    await within(await column(/^Contacted/)).findByRole('link', { name });
  });

  it('asks for the facts of a close before it moves', async () => {
    const { user, card, name } = await openBoard();
    within(card).getByRole('link').focus();
    await user.keyboard('m7');
    await screen.findByLabelText('Why was it lost?');
    expect(server.tables['deals']?.find(({ title }) => title === name)?.['stage']).toBe('proposal');
    await user.click(screen.getByRole('button', { name: 'Move to Lost' }));
    await within(await column(/^Closed/)).findByRole('link', { name });
  });

  it('puts a card back and says why when the server refuses', async () => {
    const { user, proposal, card, name } = await openBoard();
    server.override = (request) => request.method === 'PATCH'
      ? new Response(JSON.stringify({ code: 'PT409', message: 'illegal_transition' }), { status: 409, headers: { 'content-type': 'application/json' } })
      : undefined;
    within(card).getByRole('link').focus();
    await user.keyboard('{Shift>}{ArrowLeft}{/Shift}');
    await screen.findByText(/stays as it was: this step is not allowed/);
    await within(proposal).findByRole('link', { name });
  });

  it('walks by arrows over cards and columns', async () => {
    const { user, proposal } = await openBoard();
    const links = within(proposal).getAllByRole('link');
    links[0]?.focus();
    await user.keyboard('{ArrowDown}');
    await waitFor(() => expect(document.activeElement).toBe(links[1]));
    await user.keyboard('{ArrowLeft}');
    const qualified = await column(/^Qualified/);
    await waitFor(() => expect(qualified.contains(document.activeElement)).toBe(true));
  });

  it('shows the same deals as a table, in the order asked for', async () => {
    const { user, history } = await openBoard();
    await user.click(screen.getByRole('radio', { name: 'Table' }));
    const table = await screen.findByRole('table', { name: /^Deals/ });
    await user.click(within(table).getByRole('button', { name: 'Value' }));
    await waitFor(() => expect(history.location.search).toBe('?view=table&sort=value'));
    const open = server.tables['deals']!.filter(({ stage }) => stage !== 'closed');
    const best = [...open].sort((a, b) => Number(b['value']) - Number(a['value']))[0];
    await waitFor(() => expect(within(table).getAllByRole('link')[0]?.textContent).toBe(best?.['title']));
  });
});
