/// <reference types="vitest/config" />
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

import { fakeServer } from './src/test/vite-fake-server.ts';

/**
 * supabase-js makes all of its clients at once. The app needs auth and rest at once, realtime after the first
 * paint (api/client.ts loads it), the others and the admin and passkey parts of auth not at all: 25 kB of the
 * first page.
 */
function onlyWhatIsUsed(): Plugin {
  const left: Record<string, string[]> = {
    '/@supabase/supabase-js/': ['@supabase/realtime-js', '@supabase/storage-js', '@supabase/functions-js'],
    '/@supabase/auth-js/': ['./GoTrueAdminApi', './lib/webauthn'],
  };
  return {
    name: 'flash-only-what-is-used',
    apply: 'build',
    enforce: 'pre',
    resolveId(id, importer = '') {
      const unused = Object.entries(left).some(([from, ids]) => importer.includes(from) && ids.includes(id));
      return unused ? this.resolve('/src/api/unused-clients.ts') : null;
    },
  };
}

// `FLASH_SERVER=http://host:port npm run dev` develops against a running server, else against the fake one.
const server = process.env['FLASH_SERVER'];
const proxied = ['/rest', '/auth', '/api', '/realtime'];

/** Before a running server the page needs that server's key, which it would fill in itself. */
function keyOf(address: string): Plugin {
  return {
    name: 'flash-key-of-server',
    apply: 'serve',
    transformIndexHtml: async (html) => {
      const page = await (await fetch(address)).text();
      return html.replace('__FLASH_KEY__', /name="flash-key" content="([^"]*)"/.exec(page)?.[1] ?? '');
    },
  };
}

// What every screen loads anyway compresses better in few files.
const everywhere = [
  'react', 'react-dom', 'scheduler', 'use-sync-external-store', 'zod', 'zustand', '@tanstack/react-router',
  '@tanstack/router-core', '@tanstack/history', '@tanstack/react-store', '@tanstack/store',
];
const together = [
  { name: 'base', test: new RegExp(`node_modules/(${everywhere.join('|')})/`) },
  { name: 'supabase', test: /@supabase\/(supabase-js|auth-js|postgrest-js)\// },
];

export default defineConfig({
  plugins: [onlyWhatIsUsed(), react(), tailwind(), server ? keyOf(server) : fakeServer()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'es2023',
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: together } } },
  },
  server: server
    ? { proxy: Object.fromEntries(proxied.map((path) => [path, { target: server, ws: true }])) }
    : {},
  test: {
    environment: 'happy-dom',
    pool: 'vmThreads',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test/setup.ts'],
    testTimeout: 15_000,
    env: { TZ: 'UTC' },
  },
});
