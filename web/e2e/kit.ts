// What every journey needs: a browser, people signed in, and a record of all that reached them.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

export const base = process.env['FLASH_E2E_URL'] ?? 'http://127.0.0.1:8080';
export const shots = process.env['FLASH_E2E_SHOTS'] ?? path.join(import.meta.dirname, 'shots');

/** Conninfo of the server's database for its superuser: what the screens say is compared with the rows. */
const database = process.env['FLASH_E2E_DATABASE'];
export const needsDatabase = database === undefined ? 'FLASH_E2E_DATABASE names no database' : false;

/** The one value that a statement answers, from JSON. Not for values from outside: it is run as it is. */
export const sql = (statement: string): unknown => {
  const said = execFileSync('psql', ['-XAtq', '-v', 'ON_ERROR_STOP=1', database ?? '', '-c', statement], { encoding: 'utf8', timeout: 30_000 });
  return said.trim() === '' ? null : JSON.parse(said);
};

interface SignIn {
  email: string;
  password: string;
  role: string;
}

const signIns = JSON.parse(readFileSync(process.env['FLASH_E2E_SIGNINS'] ?? 'signins.json', 'utf8')) as SignIn[];

function signInOf(name: string): SignIn {
  const found = signIns.find(({ email }) => email.startsWith(`${name}@`));
  if (!found) throw new Error(`no sign-in for ${name} in FLASH_E2E_SIGNINS`);
  return found;
}

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['FLASH_E2E_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });

/** Everything the server sent to a browser, as text, and what its console complained about. */
export class Traffic {
  readonly texts: string[] = [];
  readonly complaints: string[] = [];

  watch(page: Page): void {
    page.on('response', (answer) => {
      const type = answer.headers()['content-type'] ?? '';
      if (!/json|text|javascript/.test(type)) return;
      answer.text().then((text) => this.texts.push(text), () => undefined);
    });
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => this.texts.push(payload.toString()));
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  holds(words: string): boolean {
    return this.texts.some((text) => text.includes(words));
  }
}

export interface Person {
  context: BrowserContext;
  page: Page;
  traffic: Traffic;
}

interface Look {
  phone?: boolean;
  theme?: 'light' | 'dark';
  /** Where the browser's clock is; the machine's zone without it. */
  zone?: string;
}

type Kept = Awaited<ReturnType<BrowserContext['storageState']>>;

export async function visitor(browser: Browser, { phone = false, theme = 'light', zone }: Look = {}, kept?: Kept): Promise<Person> {
  const context = await browser.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    colorScheme: theme, hasTouch: phone, isMobile: phone, ...(zone !== undefined && { timezoneId: zone }), ...(kept && { storageState: kept }),
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const traffic = new Traffic();
  traffic.watch(page);
  return { context, page, traffic };
}

/** Signs in by the form. Passwords are hashed slowly on purpose, and slower on a busy machine. */
export async function enter(page: Page, name: string): Promise<void> {
  const { email, password } = signInOf(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  // Away from what comes next: a list under the pointer keeps new rows waiting.
  await page.mouse.move(0, 0);
  await page.waitForURL((url) => url.pathname !== '/sign-in', { timeout: 90_000 });
}

const sessions = new Map<string, Kept>();

/** A person at a page: by the form the first time, later with the session that he kept. */
export async function signedIn(browser: Browser, name: string, at: string, look: Look = {}): Promise<Person> {
  const person = await visitor(browser, look, sessions.get(name));
  if (sessions.has(name)) {
    await person.page.goto(base + at);
    return person;
  }
  await person.page.goto(`${base}/sign-in?to=${encodeURIComponent(at)}`);
  await enter(person.page, name);
  sessions.set(name, await person.context.storageState());
  return person;
}

/** The subscription is open: from now on changes arrive by themselves. */
export const isLive = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.querySelector('[role=status]')?.textContent.startsWith('Live'));

/** Notes the time at which some words are first painted. */
export async function watchFor(page: Page, words: string): Promise<() => Promise<number>> {
  await page.evaluate((text) => {
    const seen = { at: 0 };
    Object.assign(window, { flashSeen: seen });
    const look = () => {
      if (seen.at !== 0 || !document.body.textContent.includes(text)) return;
      requestAnimationFrame(() => (seen.at ||= Date.now()));
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  }, words);
  return async () => {
    const at = await page.waitForFunction(() => (window as unknown as { flashSeen: { at: number } }).flashSeen.at);
    return at.jsonValue();
  };
}

/** Asks the REST door with the person's own token. */
export const ask = (page: Page, address: string, headers: Record<string, string> = {}): Promise<{ body: unknown; range: string | null }> =>
  page.evaluate(
    async ([where, more]) => {
      const session = JSON.parse(localStorage.getItem('flash.session') ?? '{}') as { access_token: string };
      const key = document.querySelector<HTMLMetaElement>('meta[name="flash-key"]')?.content ?? '';
      const answer = await fetch(where, { headers: { apikey: key, authorization: `Bearer ${session.access_token}`, ...more } });
      return { body: (await answer.json()) as unknown, range: answer.headers.get('content-range') };
    },
    [address, headers] as const,
  );

export const countOf = async (page: Page, filter: string): Promise<number> => {
  const { range } = await ask(page, `/rest/v1/submissions?select=id&limit=1&${filter}`, { prefer: 'count=exact' });
  return Number(range?.split('/')[1]);
};

export interface Merchant {
  name: string;
  country: string;
  area?: string;
  interest: string;
  email: string;
}

/** Fills the four steps of the form; the last button is left to the caller. */
export async function fillForm(page: Page, merchant: Merchant): Promise<void> {
  await page.goto(`${base}/f`);
  await page.getByLabel('Business name').fill(merchant.name);
  await page.getByLabel('Kind of business').selectOption('restaurant');
  await page.getByLabel('Country').selectOption({ label: merchant.country });
  if (merchant.area) await page.getByLabel(/^Your (parish|district|area)/).selectOption({ label: merchant.area });
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Your name').fill('Marcia Bennett');
  await page.getByLabel('E-mail').fill(merchant.email);
  await page.getByLabel(/may contact me/).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('radio', { name: merchant.interest, exact: true }).check();
  await page.getByLabel('High fees').check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Send' }).waitFor();
}
