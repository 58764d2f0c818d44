// Puts the fake server under `npm run dev`, so that screens can be worked on without the real one.
import type { Plugin } from 'vite';

import type * as fake from './fake-server.ts';

const doors = ['/rest/', '/auth/', '/api/'];

export function fakeServer(): Plugin {
  return {
    name: 'flash-fake-server',
    apply: 'serve',
    async configureServer(vite) {
      if (process.env['VITEST']) return;
      const { FakeServer } = await vite.ssrLoadModule('/src/test/fake-server.ts') as typeof fake;
      const server = new FakeServer();
      vite.middlewares.use((request, response, next) => {
        const path = request.url ?? '/';
        if (!doors.some((door) => path.startsWith(door))) return next();
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const method = request.method ?? 'GET';
          const body = chunks.length > 0 ? Buffer.concat(chunks).toString() : undefined;
          const asked = new Request(`http://localhost${path}`, {
            method, headers: request.headers as Record<string, string>, ...(body !== undefined && { body }),
          });
          void server.handle(asked).then(async (answer) => {
            response.statusCode = answer.status;
            answer.headers.forEach((value, name) => response.setHeader(name, value));
            response.end(await answer.text());
          });
        });
      });
    },
  };
}
