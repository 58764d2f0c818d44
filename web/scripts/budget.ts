// Fails when a page needs more JavaScript than it may before it is drawn: brotli bytes of the entry, the page and all
// they import. `--list` names the files.
import { existsSync, readFileSync } from 'node:fs';

interface Chunk {
  file: string;
  name?: string;
  imports?: string[];
}

const inside = ['src/app/layout/shell.tsx', 'session'];
// A first page is what somebody sees who was not here before; the others are usually reached from it.
const firstPage = 150_000;
const laterPage = 190_000;
const pages: Record<string, { needs: string[]; limit: number }> = {
  'sign-in': { needs: ['src/routes/sign-in-page.tsx', 'session'], limit: firstPage },
  form: { needs: ['src/routes/form-page.tsx'], limit: firstPage },
  dashboard: { needs: ['src/routes/dashboard-page.tsx', ...inside], limit: firstPage },
  leads: { needs: ['src/routes/leads-page.tsx', ...inside], limit: laterPage },
  lead: { needs: ['src/routes/lead-page.tsx', ...inside], limit: laterPage },
};

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8')) as Record<string, Chunk>;

function weigh(names: string[]): number {
  const seen = new Set<string>();
  const walk = (name: string) => {
    const chunk = manifest[name] ?? Object.values(manifest).find((one) => one.name === name);
    if (!chunk) throw new Error(`${name} is not in the manifest`);
    if (seen.has(chunk.file)) return;
    seen.add(chunk.file);
    chunk.imports?.forEach(walk);
  };
  names.forEach(walk);
  const size = (file: string) => readFileSync(existsSync(`dist/${file}.br`) ? `dist/${file}.br` : `dist/${file}`).length;
  if (process.argv.includes('--list')) for (const file of seen) console.log(size(file), file);
  return [...seen].reduce((sum, file) => sum + size(file), 0);
}

let over = false;
for (const [page, { needs, limit }] of Object.entries(pages)) {
  const bytes = weigh(['index.html', ...needs]);
  over ||= bytes > limit;
  const [is, may] = [bytes, limit].map((n) => (n / 1000).toFixed(1).padStart(6));
  console.log(`${page.padEnd(10)} ${is} kB of ${may} kB${bytes > limit ? '  OVER' : ''}`);
}
if (over) process.exit(1);
