// The whole app at an address, against the fake server.
import { createMemoryHistory } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';

import { App } from '../app/app';
import { FakeServer } from './fake-server';

export function useFakeServer(server = new FakeServer()): FakeServer {
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) => {
    const url = input instanceof Request ? input.url : new URL(input, 'http://localhost:3000').href;
    return server.handle(new Request(url, init));
  });
  return server;
}

/** Signs in as the manager of the fixtures, then opens the address. */
export async function openSignedIn(path: string) {
  const { signIn } = await import('../api/session');
  await signIn('manager@harbourpay.example', 'right');
  return open(path);
}

export function open(path: string) {
  const history = createMemoryHistory({ initialEntries: [path] });
  return { user: userEvent.setup(), history, ...render(<App history={history} />) };
}
