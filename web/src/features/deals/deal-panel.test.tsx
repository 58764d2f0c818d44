import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';

import type { DealDetail } from '../../api/rows';
import type { FakeServer } from '../../test/fake-server';
import { openSignedIn, useFakeServer } from '../../test/render';

let server: FakeServer;
let deal: DealDetail;
beforeEach(() => {
  server = useFakeServer();
  deal = server.tables['deals']![0] as unknown as DealDetail;
});

const openDeal = async () => {
  const { user } = await openSignedIn(`/leads/${deal.submission_id!}`);
  const panel = await screen.findByRole('region', { name: 'Deal' });
  return { user, panel };
};
const moveTo = async (user: Awaited<ReturnType<typeof openDeal>>['user'], panel: HTMLElement, name: string) => {
  await user.click(within(panel).getByRole('button', { name: 'Move to…' }));
  await user.click(await screen.findByRole('button', { name }));
};

describe('the deal of a lead', () => {
  it('says where it stands, what it is worth and when it may close', async () => {
    const { panel } = await openDeal();
    expect(within(panel).getByRole('article', { name: 'Proposal' })).toBeTruthy();
    expect(panel.textContent).toContain('60% likely');
    expect(panel.textContent).toContain('125,000.00');
    expect(panel.textContent).toContain('18 Dec');
    const rate = { JMD: ['750.00', '1 Oct'], KYD: ['150,000.00', '1 Jan 2020'], XCG: ['69,832.40', '1 Jan 2020'] }[deal.currency]!;
    expect(await within(panel).findByText(`US$${rate[0]!}, rate of ${rate[1]!}`)).toBeTruthy();
    expect(panel.textContent).toContain('it decides the status of the lead');
  });

  it('moves at once and is taken back by Undo', async () => {
    const { user, panel } = await openDeal();
    await moveTo(user, panel, 'Negotiation');
    await within(panel).findByRole('article', { name: 'Negotiation' });
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await within(panel).findByRole('article', { name: 'Proposal' });
    expect(deal.stage).toBe('proposal');
  });

  it('is won with a value and a day', async () => {
    const { user, panel } = await openDeal();
    await moveTo(user, panel, 'Won…');
    const value = await screen.findByRole('spinbutton', { name: /Value/ });
    await user.clear(value);
    await user.type(value, '990.5');
    await user.click(screen.getByRole('button', { name: 'Move to Won' }));
    await within(panel).findByRole('article', { name: 'Won' });
    await waitFor(() => expect(deal).toMatchObject({ stage: 'closed', outcome: 'won', value: 990.5 }));
    expect(deal.close_date).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('is lost with a reason, and the lead waits if a day is given', async () => {
    const { user, panel } = await openDeal();
    await moveTo(user, panel, 'Lost…');
    await user.selectOptions(await screen.findByLabelText('Why was it lost?'), 'Other');
    await user.type(screen.getByLabelText('Which other reason?'), 'Sold the shop');
    await user.type(screen.getByLabelText(/Contact again/), '2099-01-04');
    await user.click(screen.getByRole('button', { name: 'Move to Lost' }));
    await within(panel).findByText('Sold the shop');
    await waitFor(() => expect(deal).toMatchObject({
      stage: 'closed', outcome: 'lost', lost_reason: 'other', lost_note: 'Sold the shop', next_contact_at: '2099-01-04T09:00:00.000Z',
    }));
  });

  it('stays where it was and says why when somebody was faster', async () => {
    const { user, panel } = await openDeal();
    deal.version += 1;
    await moveTo(user, panel, 'Negotiation');
    expect(await screen.findByText(/stays as it was: somebody else changed it/)).toBeTruthy();
    await within(panel).findByRole('article', { name: 'Proposal' });
  });
});
