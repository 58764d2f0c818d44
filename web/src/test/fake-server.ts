// A small server in memory that speaks the wire shapes the app reads: REST, rpc, auth, the lead API.
import type { LeadDetail } from '../api/rows';
import { faultsOf } from '../features/submissions/schema';
import { readPhone } from '../features/submissions/phone';
import {
  formConfig, makeActivities, makeAssignments, makeDeals, makeLeads, makeNotices, makeScores, makeTree, people, rates,
} from './fixture-data';

type Row = Record<string, unknown>;
type Test = (row: Row) => boolean;

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(body === null ? null : JSON.stringify(body), {
    status, headers: { 'content-type': 'application/json', 'x-request-id': 'test-request', ...headers },
  });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));
const unquote = (text: string) => (text.startsWith('"') ? text.slice(1, -1) : text);

function condition(column: string, expression: string): Test {
  const dot = expression.indexOf('.');
  const [op, raw] = [expression.slice(0, dot), unquote(expression.slice(dot + 1))];
  const value = (row: Row) => row[column];
  const order = (row: Row) => {
    const left = value(row);
    if (left === null || left === undefined) return Number.NaN;
    return typeof left === 'number' ? left - Number(raw) : textOf(left).localeCompare(raw);
  };
  switch (op) {
    case 'eq': return (row) => textOf(value(row)) === raw;
    case 'neq': return (row) => textOf(value(row)) !== raw;
    case 'gt': return (row) => order(row) > 0;
    case 'gte': return (row) => order(row) >= 0;
    case 'lt': return (row) => order(row) < 0;
    case 'lte': return (row) => order(row) <= 0;
    case 'is': return (row) => (value(row) ?? null) === (raw === 'null' ? null : raw === 'true');
    case 'in': {
      const set = raw.slice(1, -1).split(',').map(unquote);
      return (row) => set.includes(textOf(value(row)));
    }
    case 'ilike': {
      const start = raw.replace(/[%*]$/, '').toLowerCase();
      return (row) => textOf(value(row)).toLowerCase().startsWith(start);
    }
    case 'cs': {
      const wanted = raw.slice(1, -1).split(',').map(unquote);
      return (row) => wanted.every((one) => (row[column] as string[]).includes(one));
    }
    default: throw new Error(`operator ${op}`);
  }
}

/** Splits `a.eq.1,and(b.lt.2,c.is.null)` at the commas of the outer level. */
function split(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  [...text].forEach((char, i) => {
    if (char === '"') quoted = !quoted;
    if (quoted) return;
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (char === ',' && depth === 0) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  });
  return [...parts, text.slice(from)];
}

function logic(text: string, any: boolean): Test {
  const tests = split(text.slice(1, -1)).map((part) => {
    if (part.startsWith('and(')) return logic(part.slice(3), false);
    if (part.startsWith('or(')) return logic(part.slice(2), true);
    const dot = part.indexOf('.');
    return condition(part.slice(0, dot), part.slice(dot + 1));
  });
  return (row) => (any ? tests.some((test) => test(row)) : tests.every((test) => test(row)));
}

function sorter(text: string): (a: Row, b: Row) => number {
  const terms = text.split(',').map((term) => term.split('.'));
  return (a, b) => {
    for (const [column = '', ...flags] of terms) {
      const [left, right] = [a[column] ?? null, b[column] ?? null];
      if (left === right) continue;
      if (left === null || right === null) return (left === null) === flags.includes('nullsfirst') ? -1 : 1;
      const by = typeof left === 'number' ? left - (right as number) : textOf(left).localeCompare(textOf(right));
      if (by !== 0) return flags.includes('desc') ? -by : by;
    }
    return 0;
  };
}

const reserved = new Set(['select', 'order', 'limit', 'offset', 'columns']);

function select(rows: Row[], url: URL, request: Request): Response {
  const tests = [...url.searchParams].filter(([name]) => !reserved.has(name)).map(([name, value]) =>
    name === 'or' ? logic(value, true) : name === 'and' ? logic(value, false) : condition(name, value));
  const found = rows.filter((row) => tests.every((test) => test(row)));
  const order = url.searchParams.get('order');
  if (order) found.sort(sorter(order));
  const limit = Number(url.searchParams.get('limit') ?? found.length);
  const page = found.slice(0, limit);
  const total = request.headers.get('prefer')?.includes('count=') ? String(found.length) : '*';
  const headers = { 'content-range': page.length > 0 ? `0-${page.length - 1}/${total}` : `*/${total}` };
  if (request.headers.get('accept')?.includes('vnd.pgrst.object')) {
    const [only] = page;
    return page.length === 1 && only
      ? json(only, 200, headers)
      : json({ code: 'PGRST116', message: 'Cannot coerce the result to a single JSON object', details: null, hint: null }, 406);
  }
  return request.method === 'HEAD' ? json(null, 200, headers) : json(page, 200, headers);
}

export class FakeServer {
  readonly leads: LeadDetail[];
  readonly tables: Record<string, Row[]>;
  readonly requests: string[] = [];
  /** Set to answer the next matching request otherwise. */
  override: ((request: Request, url: URL) => Response | Promise<Response> | undefined) | undefined;

  readonly now: number;

  constructor(now = Date.now(), count = 120) {
    this.now = now;
    this.leads = makeLeads(count, now);
    const deals = makeDeals(this.leads);
    for (const deal of deals) this.leads.find(({ id }) => id === deal.submission_id)?.deals.push(deal);
    this.tables = {
      submissions: this.leads,
      profiles: people,
      deals: deals,
      exchange_rates: rates,
      activities: makeActivities(this.leads, now),
      assignments: makeAssignments(this.leads),
      score_history: makeScores(this.leads),
      notifications: makeNotices(this.leads, now),
      profile_territories: [],
      saved_views: [],
      audit_log: [],
      dashboard_layouts: [],
      notification_prefs: [],
    };
  }

  async handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    const other = await this.override?.(request, url);
    if (other) return other;
    if (url.pathname === '/api/config') return json(formConfig);
    if (request.method === 'PATCH' && url.pathname.startsWith('/api/submissions/')) return this.changeFacts(url, (await request.json()) as Row);
    if (url.pathname === '/api/submissions') return this.intake(await request.json());
    if (url.pathname.startsWith('/auth/v1/')) return this.auth(request, url);
    if (url.pathname.startsWith('/rest/v1/rpc/')) {
      const body = (await request.json().catch(() => ({}))) as Row;
      return this.call(url.pathname.slice('/rest/v1/rpc/'.length), body);
    }
    if (url.pathname.startsWith('/rest/v1/')) return this.rest(request, url);
    return json({ code: 'not_found', message: 'Not found' }, 404);
  }

  private changeFacts(url: URL, { version, ...facts }: Row): Response {
    const lead = this.leads.find(({ id }) => url.pathname.endsWith(id));
    if (!lead) return json({ code: 'not_found', message: 'No such lead.' }, 404);
    if (lead.version !== version) return json({ code: 'version_conflict', message: `The lead is at version ${lead.version}.` }, 409);
    Object.assign(lead, facts, { version: lead.version + 1 });
    return json({ submission: lead });
  }

  private intake(body: unknown): Response {
    const countries = formConfig.territories.map((one) => ({ ...one, code: one.country }));
    const errors = faultsOf(body, countries, readPhone).map((fault) => ({ ...fault, message: fault.rule }));
    if (errors.length > 0) return json({ code: 'validation_failed', errors }, 422);
    return json({ reference: 'FL-7Q2K9B' }, 201);
  }

  private async auth(request: Request, url: URL): Promise<Response> {
    if (url.pathname.endsWith('/logout')) return json(null, 204);
    const body = (await request.json().catch(() => ({}))) as Row;
    if (body['password'] === 'wrong') {
      return json({ code: 400, error_code: 'invalid_credentials', msg: 'Invalid login credentials' }, 400);
    }
    const [person] = people;
    const seconds = Math.floor(Date.now() / 1000);
    const user = {
      id: person?.id, aud: 'authenticated', role: 'authenticated', email: body['email'] ?? 'manager@harbourpay.example',
      app_metadata: { role: 'manager' }, user_metadata: {}, created_at: new Date(0).toISOString(),
    };
    const part = (value: unknown) => btoa(JSON.stringify(value)).replace(/=+$/, '');
    const token = `${part({ alg: 'none' })}.${part({ sub: person?.id, role: 'authenticated', exp: seconds + 3600 })}.x`;
    return json({
      access_token: token, token_type: 'bearer', expires_in: 3600, expires_at: seconds + 3600, refresh_token: 'again', user,
    });
  }

  private rest(request: Request, url: URL): Response | Promise<Response> {
    const table = url.pathname.slice('/rest/v1/'.length);
    const rows = table === 'deal_cards' ? this.cards() : this.tables[table];
    if (!rows) return json({ code: 'PGRST205', message: `No table ${table}`, details: null, hint: null }, 404);
    if (request.method === 'POST') {
      return request.json().then((body: Row) => {
        const row = { id: crypto.randomUUID(), created_at: new Date().toISOString(), data: {}, deleted_at: null, due_at: null, completed_at: null, subject: null, body: null, actor_id: people[0]?.id, ...body };
        rows.unshift(row);
        return json([row], 201);
      });
    }
    if (request.method === 'PATCH') return this.change(rows, url, request);
    return select(rows, url, request);
  }

  /** Changes the rows that the filters find, and answers them. */
  private async change(rows: Row[], url: URL, request: Request): Promise<Response> {
    const found = (await select(rows, url, new Request(url)).json()) as Row[];
    const body = (await request.json()) as Row;
    return json(rows.filter((row) => found.some(({ id }) => id === row['id'])).map((row) =>
      Object.assign(row, body, { version: Number(row['version']) + 1 })));
  }

  private call(name: string, args: Row): Response {
    if (name === 'territory_tree') return json(makeTree(this.leads));
    if (name === 'dashboard_stats') {
      const open = this.leads.filter((lead) => ['new', 'contacted', 'qualified', 'nurture'].includes(lead.status));
      const hot = open.filter((lead) => (lead.lead_score ?? 0) >= 80);
      return json({
        new_leads: { value: 86, previous: 74 }, open_leads: { value: open.length }, hot_leads: { value: hot.length },
        contacted_in_sla: { value: 91, due: 64, previous: 87 },
        median_first_response_minutes: { value: 112, previous: 135, n: 61 },
        open_pipeline_usd: { value: 1_240_000, deals: 147 }, won_month_usd: { value: 214_600, deals: 12 },
        rate_date: '2026-11-20', example_rates: false, updated_at: new Date(this.now).toISOString(),
      });
    }
    if (name === 'leads_per_day') return json(this.perDay());
    if (name === 'lead_funnel') {
      const count = (status: string) => this.leads.filter((lead) => lead.status === status).length;
      return json(['new', 'contacted', 'qualified', 'nurture', 'converted', 'disqualified', 'archived']
        .map((status) => ({ status, leads: count(status) })));
    }
    if (name === 'set_task_done') {
      const task = this.tables['activities']?.find(({ id }) => id === args['p_id']);
      return json(Object.assign(task ?? {}, { completed_at: args['p_done'] === true ? new Date().toISOString() : null }));
    }
    if (name === 'bulk_change_leads') return json(this.bulk(args));
    if (name === 'undo_bulk_change') {
      const items = this.bulks.get(textOf(args['p_change'])) ?? [];
      for (const { id, before } of items) Object.assign(this.leads.find((lead) => lead.id === id) ?? {}, before);
      this.bulks.delete(textOf(args['p_change']));
      return json({ done: items.length, refused: [], left: 0 });
    }
    if (name === 'known_tags') return json([{ tag: 'expo', leads: 12 }]);
    if (name === 'mark_view') return json(null, 204);
    if (name === 'board_totals') return json(this.boardTotals(args));
    if (name === 'search_records') return json(this.search(textOf(args['p_query']).toLowerCase()));
    if (name === 'mark_notifications_read') {
      const unread = this.tables['notifications']?.filter((row) => row['read_at'] === null && textOf(row['created_at']) <= textOf(args['p_before'])) ?? [];
      for (const row of unread) row['read_at'] = new Date(this.now).toISOString();
      return json(unread.length);
    }
    if (name === 'change_submission_status') return this.changeStatus(args);
    if (name === 'undo_submission_status') {
      const lead = this.leads.find((one) => one.id === args['p_id']);
      return this.changeStatus({ ...args, p_status: lead?.previous_status });
    }
    return json({ code: 'PGRST202', message: `No function ${name}`, details: null, hint: null }, 404);
  }

  private readonly bulks = new Map<string, { id: string; before: Row }[]>();

  private bulk({ p_change: change, p_action: action, p_args: args, p_ids: ids }: Row): Row {
    const given = args as Record<string, string>;
    const items = this.bulks.get(textOf(change)) ?? [];
    const refused: Row[] = [];
    for (const id of ids as string[]) {
      const lead = this.leads.find((one) => one.id === id);
      if (!lead) refused.push({ id, reason: 'not_found' });
      else {
        items.push({ id, before: { tags: lead.tags, status: lead.status, owner_id: lead.owner_id } });
        if (action === 'tag') lead.tags = [...new Set([...lead.tags, given['tag'] ?? ''])];
        if (action === 'untag') lead.tags = lead.tags.filter((tag) => tag !== given['tag']);
        if (action === 'status') lead.status = given['status'] as typeof lead.status;
        if (action === 'assign') lead.owner_id = given['to'] ?? null;
      }
    }
    this.bulks.set(textOf(change), items);
    return { done: (ids as string[]).length - refused.length, refused };
  }

  /** What the view deal_cards makes of the deals. */
  private cards(): Row[] {
    return (this.tables['deals'] ?? []).map((deal) => {
      const lead = this.leads.find(({ id }) => id === deal['submission_id']);
      return {
        territory_id: lead?.territory_id, lead_score: lead?.lead_score, stage_changed_at: deal['created_at'], business_name: lead?.business_name,
        first_response_due_at: null, first_response_at: null, touched_at: null, next_step: null, next_due_at: null, ...deal,
      };
    });
  }

  private boardTotals(args: Row): Row {
    const deals = this.cards().filter((deal) => args['p_owner'] === null || deal['owner_id'] === args['p_owner']);
    const stages = [...new Set(deals.map((deal) => deal['stage']))].filter((stage) => stage !== 'closed');
    const usd = (some: Row[]) => some.reduce((sum, deal) => sum + Number(deal['value']), 0);
    const outcome = (word: string) => deals.filter((deal) => deal['outcome'] === word);
    return {
      columns: stages.map((stage) => {
        const here = deals.filter((deal) => deal['stage'] === stage);
        return { stage, deals: here.length, usd: usd(here), weighted_usd: usd(here) / 2 };
      }),
      won: { deals: outcome('won').length, usd: usd(outcome('won')) }, lost: { deals: outcome('lost').length },
      month: '2026-11-01', rate_date: '2026-11-20', example_rates: false,
    };
  }

  private search(typed: string): Row[] {
    const begins = (text: string) => text.toLowerCase().split(' ').some((word) => word.startsWith(typed));
    const leads = this.leads.filter((lead) => begins(lead.business_name)).slice(0, 6).map((lead): Row => ({
      kind: 'lead', id: lead.id, lead_id: lead.id, title: lead.business_name, detail: lead.owner_name, state: lead.status,
      score: lead.lead_score, territory_id: lead.territory_id, owner_id: lead.owner_id,
    }));
    const persons = people.filter(({ full_name: name }) => begins(name)).map((person): Row => ({
      kind: 'person', id: person.id, lead_id: null, title: person.full_name, detail: 'person@harbourpay.example', state: person.role,
      score: null, territory_id: null, owner_id: person.id,
    }));
    return [...leads, ...persons];
  }

  private perDay(): Row[] {
    return Array.from({ length: 28 }, (_, i) => {
      const day = new Date(this.now - (27 - i) * 86_400_000).toISOString().slice(0, 10);
      const weekend = [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay());
      const scale = (weekend ? 0.3 : 1) * (i === 27 ? 0.4 : 1);
      return [['JM', 11], ['KY', 4], ['CW', 2]].map(([country, size]) => ({
        day, country, leads: Math.round((Number(size) + ((i * 7) % 4)) * scale),
      }));
    }).flat();
  }

  private changeStatus(args: Row): Response {
    const lead = this.leads.find((one) => one.id === args['p_id']);
    if (!lead) return json({ code: 'PT404', message: 'not_found', details: null, hint: null }, 404);
    if (lead.version !== args['p_version']) {
      return json({ code: 'PT409', message: 'version_conflict', details: null, hint: null }, 409);
    }
    Object.assign(lead, {
      previous_status: lead.status, status: args['p_status'], status_reason: args['p_reason'] ?? null,
      version: lead.version + 1, status_changed_at: new Date().toISOString(), updated_at: new Date().toISOString(),
    });
    return json(lead);
  }
}
