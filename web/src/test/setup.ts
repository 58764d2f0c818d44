// What happy-dom lacks: sizes, so that windowed lists draw rows, and a quiet socket.
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

class QuietSocket extends EventTarget {
  readyState = 0;
  send = (): void => undefined;
  close = (): void => undefined;
}

vi.stubGlobal('WebSocket', QuietSocket);
const key = document.createElement('meta');
key.name = 'flash-key';
key.content = 'sb_publishable_test';
document.head.append(key);
Object.defineProperties(HTMLElement.prototype, {
  clientHeight: { configurable: true, get: () => 800 },
  clientWidth: { configurable: true, get: () => 1200 },
});
HTMLElement.prototype.scrollIntoView = () => undefined;

// A busy machine draws late; the whole page in an error helps nobody.
configure({ asyncUtilTimeout: 5000, getElementError: (message) => new Error(message ?? 'not found') });

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
});
