// Fails when a page opened directly needs more JavaScript than it may, in bytes of brotli: the entry, the page, all they
// import, and what the page loads by itself right after it is drawn. `--list` names the files.
import { existsSync, readFileSync } from 'node:fs';

interface Chunk {
  file: string;
  name?: string;
  imports?: string[];
}

const limit = 150_000;
const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8')) as Record<string, Chunk>;
/** A file that vite.config.ts put together has no module's name in the manifest, but its own. */
const together = (name: string): string => Object.keys(manifest).find((key) => manifest[key]?.name === name) ?? name;
/** What stands round every screen. */
const inside = together('inside');
const socket = 'node_modules/@supabase/realtime-js/dist/module/index.js';
const pages: Record<string, { needs: string[]; later: string[] }> = {
  'sign-in': { needs: ['src/routes/sign-in-page.tsx'], later: ['node_modules/@supabase/auth-js/dist/module/index.js'] },
  form: { needs: ['src/routes/form-page.tsx'], later: [] },
  dashboard: { needs: ['src/routes/dashboard-page.tsx', inside], later: [socket, 'src/features/dashboard/per-day-chart.tsx'] },
  leads: { needs: ['src/routes/leads-page.tsx', inside], later: [socket] },
  pipeline: { needs: ['src/routes/pipeline-page.tsx', inside], later: [socket] },
  lead: { needs: [together('lead'), inside], later: [socket] },
};

/** The files that some modules need, and all that these import. */
function filesOf(names: string[]): Set<string> {
  const seen = new Set<string>();
  const walk = (name: string) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`${name} is not in the manifest`);
    if (seen.has(chunk.file)) return;
    seen.add(chunk.file);
    chunk.imports?.forEach(walk);
  };
  names.forEach(walk);
  return seen;
}

function weigh(names: string[]): number {
  const size = (file: string) => readFileSync(existsSync(`dist/${file}.br`) ? `dist/${file}.br` : `dist/${file}`).length;
  const files = [...filesOf(['index.html', ...names])];
  if (process.argv.includes('--list')) for (const file of files) console.log(size(file), file);
  return files.reduce((sum, file) => sum + size(file), 0);
}

const kB = (bytes: number) => (bytes / 1000).toFixed(1).padStart(6);
let over = false;
for (const [page, { needs, later }] of Object.entries(pages)) {
  const drawn = weigh(needs);
  const all = weigh([...needs, ...later]);
  over ||= all > limit;
  console.log(`${page.padEnd(10)} ${kB(drawn)} kB until drawn, ${kB(all)} of ${kB(limit)} kB with what follows${all > limit ? '  OVER' : ''}`);
}
if (over) process.exit(1);
