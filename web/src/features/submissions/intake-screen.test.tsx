import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import type { FakeServer } from '../../test/fake-server';
import { open, useFakeServer } from '../../test/render';
import { emptyDraft, forgetDraft, readDraft, useDraft } from './draft';

let server: FakeServer;
const filled = {
  ...emptyDraft, country: 'JM', business_name: 'Bennett Bakes', business_type: 'restaurant', owner_name: 'Marcia Bennett',
  email: 'marcia@bennettbakes.example', consent_contact: true, interest_level: 8,
};
const sent = () => server.requests.filter((line) => line.startsWith('POST /api/submissions'));
const next = () => screen.getByRole('button', { name: 'Continue' });

beforeEach(() => {
  forgetDraft();
  server = useFakeServer();
});

describe('the public form', () => {
  it('takes the country from the link and asks for its own fields', async () => {
    open('/f/KY');
    expect(await screen.findByLabelText<HTMLSelectElement>('Country')).toHaveProperty('value', 'KY');
    expect(screen.getByLabelText(/Your district/)).toBeTruthy();
    expect(screen.getByLabelText(/Postcode/)).toBeTruthy();
  });

  it('names what needs a change, gives the summary the focus, and links to the answer', async () => {
    const { user } = open('/f/JM');
    await user.click(await screen.findByRole('button', { name: 'Continue' }));
    const summary = await screen.findByRole('alert');
    expect(summary).toBe(document.activeElement);
    expect(within(summary).getByText('2 answers need a change')).toBeTruthy();
    await user.click(within(summary).getByRole('link', { name: 'Business name: missing' }));
    expect(document.activeElement).toBe(screen.getByLabelText('Business name'));
  });

  it('offers the numbers that seven digits could mean, and fills in the chosen one', async () => {
    useDraft.setState({ draft: { ...filled, phone: '922-1234' }, step: 1 });
    const { user } = open('/f');
    await user.click(await screen.findByRole('button', { name: 'Continue' }));
    await user.click(await screen.findByRole('button', { name: '+1 876 922 1234' }));
    expect(screen.getByLabelText('Mobile')).toHaveProperty('value', '+1 876 922 1234');
    await user.click(next());
    expect(await screen.findByRole('heading', { name: 'How soon would you switch?' })).toBeTruthy();
  });

  it('preselects no interest', async () => {
    useDraft.setState({ draft: { ...filled, interest_level: null }, step: 2 });
    const { user } = open('/f');
    const choices = await screen.findAllByRole<HTMLInputElement>('radio');
    expect(choices.filter((choice) => choice.checked)).toHaveLength(0);
    await user.click(next());
    expect(await screen.findByText('Choose a number from 1 to 10.')).toBeTruthy();
  });

  it('goes on with Enter but sends only by its button, once, and then shows the reference alone', async () => {
    useDraft.setState({ draft: filled, step: 2 });
    const { user } = open('/f');
    await screen.findByRole('heading', { name: 'How soon would you switch?' });
    screen.getAllByRole('radio')[7]!.focus();
    await user.click(next());
    await user.type(await screen.findByLabelText(/Year it opened/), '2015{Enter}');
    expect(sent()).toHaveLength(0);
    await user.dblClick(screen.getByRole('button', { name: 'Send' }));
    expect(await screen.findByText('FL-7Q2K9B')).toBeTruthy();
    expect(sent()).toHaveLength(1);
  });

  it('keeps the answers and the key when the connection fails, and sends the same again', async () => {
    useDraft.setState({ draft: filled, step: 3 });
    const keys: (string | null)[] = [];
    server.override = (request, url) => {
      if (url.pathname !== '/api/submissions') return undefined;
      keys.push(request.headers.get('idempotency-key'));
      if (keys.length === 1) throw new TypeError('network');
      return undefined;
    };
    const { user } = open('/f');
    await user.click(await screen.findByRole('button', { name: 'Send' }));
    expect(await screen.findByText('No connection')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('FL-7Q2K9B')).toBeTruthy();
    expect(keys[0]).toBe(keys[1]);
  });

  it('goes back to the step of a field that the server refuses', async () => {
    useDraft.setState({ draft: filled, step: 3 });
    server.override = (_, url) => url.pathname === '/api/submissions'
      ? new Response(JSON.stringify({ code: 'validation_failed', errors: [{ field: 'owner_name', rule: 'too_long', message: '' }] }), { status: 422 })
      : undefined;
    const { user } = open('/f');
    await user.click(await screen.findByRole('button', { name: 'Send' }));
    expect(await screen.findByRole('heading', { name: 'How can we reach you?' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Your name: too long' })).toBeTruthy();
  });
});

describe('the draft', () => {
  const day = 24 * 60 * 60_000;
  it('is kept for seven days and not longer', async () => {
    useDraft.setState({ draft: filled, savedAt: 1_000_000 });
    await waitFor(() => expect(localStorage.getItem('flash.draft')).not.toBeNull());
    expect(readDraft(1_000_000 + 6 * day).draft.business_name).toBe('Bennett Bakes');
    expect(readDraft(1_000_000 + 8 * day).draft.business_name).toBe('');
  });
});
