/// <reference types="vitest/config" />
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

import { fakeServer } from './src/test/vite-fake-server.ts';

const stands: Readonly<Record<string, string>> = {
  '/@supabase/auth-js/ ./GoTrueAdminApi': '/src/api/unused-clients.ts',
  '/@supabase/auth-js/ ./lib/webauthn': '/src/api/unused-clients.ts',
  '/@supabase/realtime-js/ ./lib/websocket-factory': '/src/api/native-socket.ts',
  '/@supabase/realtime-js/ ./RealtimePostgresFilterBuilder': '/src/api/native-socket.ts',
};

/** Auth without its admin and passkey parts; the socket without sockets of other runtimes and without polling. */
function onlyWhatIsUsed(): Plugin {
  return {
    name: 'flash-only-what-is-used',
    apply: 'build',
    enforce: 'pre',
    resolveId(id, importer = '') {
      const found = Object.entries(stands).find(([key]) => {
        const [where = '', what] = key.split(' ');
        return importer.includes(where) && id === what;
      });
      return found ? this.resolve(found[1]) : null;
    },
    transform(code, id) {
      if (!id.includes('/@supabase/phoenix/')) return null;
      const polling = /^var LongPoll = class \{\n.*?^\};$/ms;
      if (!polling.test(code)) this.error('phoenix has changed: its polling is not where it was');
      return { code: code.replace(polling, 'var LongPoll = class {};'), map: null };
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

// What every screen needs, what every screen behind sign-in needs, and what both screens of leads need, compresses better
// in one file each: 8 kB less than in the many small ones that sharing alone would make.
const everywhere = [
  'vite/preload-helper',
  'node_modules/(react|react-dom|scheduler|use-sync-external-store|zustand)/', 'node_modules/@tanstack/',
  'node_modules/lucide-react/dist/esm/(?!icons)', 'node_modules/lucide-react/dist/esm/icons/(check|chevron-down|circle-alert|circle-exclamation-point|wifi-off)\\.', 'src/app/(app|router|query-client|error-page)\\.',
  'src/routes/(?!.*page)', 'src/api/(errors|keys)\\.', 'src/lib/(cn|domain|en|form-data|language|messages|money|search)\\.',
  'src/ui/(button|check|delayed|failed|mark|use-media|use-online)\\.',
];
const inside = [
  'src/api/(?!public-api|lead-api|table-changes|unused-clients|native-socket)', 'src/app/(layout/(?!key-help|user-panel|palette-host|phone-tabs)|live)', 'src/features/presence/(online-people|store)',
  'src/features/territories/(model|territory-menu)', 'src/features/(leads|activities|deals)/live',
  'src/features/leads/(filters|keyset|recent|view-queries)\\.', 'src/features/notifications/(bell|queries)\\.', 'src/lib/(gather|person|time)\\.',
  'src/ui/(avatar|box|changed|kbd|lazy-popover|segments|theme|score-bar|status-dial|time|toasts|use-keys|use-now|use-size|use-title)\\.',
  'node_modules/@supabase/postgrest-js', 'node_modules/lucide-react/dist/esm/icons/(bell|chevrons-up-down|chevron-right|chevron-up|circle-dot|circle-question-mark|inbox|map-pin|message-square|minus|trending-up|building-complex|globe|layout-dashboard|panel-left-close|panel-left-open|plus|search|square-kanban|target|users)\\.',
];
const anyOf = (parts: string[]) => new RegExp(parts.join('|'));
const ofLeads = [
  'src/lib/en-leads', 'src/features/leads/(queries|lead-parts|model|factor-value|last-list)\\.',
  'src/ui/(empty|drawings)\\.', 'node_modules/lucide-react/dist/esm/icons/(x|arrow-down|rows-3|ellipsis)\\.',
];
const ofDeals = ['src/lib/en-deals', 'src/features/deals/model\\.'];
// With every icon it uses: one left over would be in a file of its own that needs this one, and a list of icons made while
// the two wait for each other holds nothing.
const ofLead = [
  'src/routes/lead-page', 'src/features/leads/(lead-(screen|timeline|head|routing|tasks|title|facts|score)|timeline-model|note-form|editable|fact-words|move-menu)\\.',
  'src/features/deals/(deal-panel|queries)\\.', 'node_modules/lucide-react/dist/esm/icons/(arrow-left|arrow-right|calendar|list-todo|mail|message-circle|pencil|phone|sticky-note|trending-down|waypoints)\\.',
];
const together = [
  { name: 'base', test: anyOf(everywhere) }, { name: 'inside', test: anyOf(inside) }, { name: 'of-leads', test: anyOf(ofLeads) },
  { name: 'of-deals', test: anyOf(ofDeals) },
  { name: 'lead', test: anyOf(ofLead) },
];

export default defineConfig({
  plugins: [onlyWhatIsUsed(), react(), tailwind(), server ? keyOf(server) : fakeServer()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    target: 'es2023',
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: together, includeDependenciesRecursively: false } } },
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
