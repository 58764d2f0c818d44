// The official client against a server that has the shop (run.mjs load): every call must do what its documentation says.
//   node client.mjs BASE_URL KEY          Node 22 or newer; KEY is the secret API key
import { createRequire } from 'node:module';

const { createClient } = createRequire(new URL('../../web/package.json', import.meta.url))('@supabase/supabase-js');
const [url, key] = process.argv.slice(2);
if (!url || !key) throw new Error('usage: client.mjs BASE_URL KEY');
const db = createClient(url, key, { auth: { persistSession: false } });
const from = (table) => db.from(table);
const first = (answer) => answer.data?.[0];

const cases = {
  'select embeds': [() => from('orders').select('id,customers(name),lines(*)').in('id', [1, 2]).order('id'),
    (r) => first(r).customers.name === 'Ada' && r.data[1].lines.length === 2],
  'range with count': [() => from('orders').select('*', { count: 'exact' }).range(0, 1).order('placed_at', { ascending: false, nullsFirst: false }),
    (r) => r.count === 4 && r.data.length === 2],
  'head count exact': [() => from('orders').select('*', { count: 'exact', head: true }), (r) => r.count === 4 && r.data === null],
  'head count estimated': [() => from('orders').select('*', { count: 'estimated', head: true }), (r) => r.count >= 4],
  'head count planned': [() => from('orders').select('*', { count: 'planned', head: true }), (r) => r.count > 0],
  or: [() => from('orders').select('id').or('total.gte.100,and(total.lt.1,status.eq.sent)').order('id'),
    (r) => r.data.map(({ id }) => id).join() === '1,3'],
  single: [() => from('orders').select('id').eq('id', 1).single(), (r) => r.data.id === 1],
  'single of none': [() => from('orders').select('id').eq('id', 99).single(), (r) => r.error.code === 'PGRST116'],
  'maybeSingle of none': [() => from('orders').select('id').eq('id', 99).maybeSingle(), (r) => r.data === null && r.error === null],
  'maybeSingle of many': [() => from('orders').select('id').gt('id', 0).maybeSingle(), (r) => r.error.code === 'PGRST116'],
  'insert one': [() => from('tags').insert({ id: 70, label: 'x' }).select('id').single(), (r) => r.data.id === 70],
  'insert many': [() => from('tags').insert([{ id: 71, label: 'x' }, { id: 72, label: 'y' }]), (r) => r.status === 201 && r.data === null],
  'insert again': [() => from('tags').insert({ id: 71, label: 'x' }), (r) => r.error.code === '23505' && r.status === 409],
  update: [() => from('tags').update({ label: 'z' }).eq('id', 70).select(), (r) => first(r).label === 'z'],
  'update of two as single': [() => from('tags').update({ label: 'z' }).in('id', [71, 72]).select().single(), (r) => r.error.code === 'PGRST116'],
  'which was undone': [() => from('tags').select('label').eq('id', 71).single(), (r) => r.data.label === 'x'],
  upsert: [() => from('tags').upsert([{ id: 70, label: 'u' }, { id: 73, label: 'n' }]).select(), (r) => r.data.length === 2],
  'upsert ignoring': [() => from('tags').upsert({ id: 70, label: 'zz' }, { ignoreDuplicates: true }).select(), (r) => r.data.length === 0],
  delete: [() => from('tags').delete().gte('id', 70).select('id'), (r) => r.data.length === 4],
  'delete of none': [() => from('tags').delete().eq('id', 7777), (r) => r.status === 204],
  maxAffected: [() => from('orders').update({ note: 'm' }).eq('customer_id', 1).maxAffected(1).select(), (r) => r.error.code === 'PGRST124'],
  rpc: [() => db.rpc('add', { a: 1 }), (r) => r.data === 11],
  'rpc by get': [() => db.rpc('add', { a: 1, b: 5 }, { get: true }), (r) => r.data === 6],
  'rpc with rows': [() => db.rpc('orders_of', { customer: 1 }, { count: 'exact' }).select('id').order('id').limit(1), (r) => r.data.length === 1 && r.count === 2],
  'rpc single': [() => db.rpc('orders_of', { customer: 1 }).eq('id', 2).single(), (r) => r.data.id === 2],
  'rpc without arguments': [() => db.rpc('stats'), (r) => r.data.customers === 3],
  'rpc unknown': [() => db.rpc('nothing'), (r) => r.error.code === 'PGRST202' && r.status === 404],
  'rpc that raises': [() => db.rpc('refuse', { p_code: 'PT409' }), (r) => r.status === 409 && r.error.hint === 'the hint'],
  'contains array': [() => from('customers').select('id').contains('nicknames', ['Countess']), (r) => r.data.length === 1],
  'contains json': [() => from('customers').select('id').contains('profile', { tier: 'gold' }), (r) => r.data.length === 1],
  overlaps: [() => from('customers').select('id').overlaps('nicknames', ['Bobby', 'x']), (r) => r.data.length === 1],
  textSearch: [() => from('orders').select('id').textSearch('search', 'chair', { type: 'websearch', config: 'english' }), (r) => r.data.length === 2],
  is: [() => from('customers').select('id').is('city', null), (r) => r.data.length === 1],
  not: [() => from('customers').select('id').not('city', 'is', null), (r) => r.data.length === 2],
  ilike: [() => from('customers').select('id').ilike('name', '%A%'), (r) => r.data.length === 1],
  likeAnyOf: [() => from('customers').select('id').likeAnyOf('name', ['A%', 'B%']), (r) => r.data.length === 2],
  match: [() => from('customers').select('id').match({ name: 'Ada', city: 'Kingston' }), (r) => r.data.length === 1],
  filter: [() => from('customers').select('id').filter('name', 'in', '("Ada","Bob")'), (r) => r.data.length === 2],
  'inner embed': [() => from('customers').select('id,orders!inner(id)').eq('orders.status', 'paid'), (r) => r.data.length === 1],
  'order and limit of an embed': [() => from('customers').select('id,orders(id)').order('id', { referencedTable: 'orders', ascending: false })
    .limit(1, { referencedTable: 'orders' }).order('id'), (r) => first(r).orders.length === 1 && first(r).orders[0].id === 2],
  'unknown column': [() => from('orders').select('nope'), (r) => r.error.code === '42703'],
  'unknown table': [() => from('nope').select(), (r) => r.error.code === 'PGRST205' && r.status === 404],
  csv: [() => from('tags').select('id,label').order('id').csv(), (r) => r.data === 'id,label\n1,urgent\n2,gift\n3,unused'],
  stripNulls: [() => from('orders').select('id,note').eq('id', 3).stripNulls(), (r) => !('note' in first(r))],
  'explain as text': [() => from('tags').select('id').eq('id', 1).explain({ analyze: true, verbose: true }), (r) => r.data.includes('actual time')],
  'explain as JSON': [() => from('tags').select('id').explain({ format: 'json', analyze: true, settings: true, buffers: true, wal: true }), (r) => first(r).Plan !== undefined],
  rollback: [() => from('tags').insert({ id: 90, label: 'never' }).select().rollback(), (r) => first(r).id === 90],
  'which left nothing': [() => from('tags').select().eq('id', 90), (r) => r.data.length === 0],
  'insert with defaults': [() => from('orders').insert([{ customer_id: 3 }, { customer_id: 3, status: 'sent' }], { defaultToNull: false })
    .select('status').rollback(), (r) => r.data.map(({ status }) => status).join() === 'open,sent'],
  'maxAffected that fits': [() => from('orders').update({ note: 'm' }).eq('id', 1).maxAffected(1).select('id').rollback(), (r) => r.data.length === 1],
  'maxAffected of a function': [() => db.rpc('pay_all', { p_customer: 1 }).maxAffected(1), (r) => r.error.code === 'PGRST124'],
  throwOnError: [() => from('nope').select().throwOnError().then(() => null, (error) => error), (r) => r.code === 'PGRST205'],
  aggregates: [() => from('orders').select('customer_id,total.sum()').order('customer_id'), (r) => first(r).sum === 120.5],
  'spread embed': [() => from('orders').select('id,...customers(name)').eq('id', 1), (r) => first(r).name === 'Ada'],
  'or of an embed': [() => from('customers').select('id,orders!inner(id)').or('status.eq.sent,total.gt.100', { referencedTable: 'orders' }).order('id'),
    (r) => r.data.map(({ id }) => id).join() === '1,2'],
  'json path': [() => from('customers').select('tier:profile->>tier').eq('profile->>tier', 'gold'), (r) => first(r).tier === 'gold'],
  regex: [() => from('customers').select('id').filter('name', 'imatch', '^a'), (r) => r.data.length === 1],
  isDistinct: [() => from('customers').select('id').filter('city', 'isdistinct', 'Kingston'), (r) => r.data.length === 2],
  'rpc head with count': [() => db.rpc('orders_of', { customer: 1 }, { head: true, count: 'exact', get: true }), (r) => r.count === 2 && r.data === null],
  'another schema': [() => db.schema('auth').from('users').select(), (r) => r.error.code === 'PGRST106' && r.status === 406],
  abort: [() => from('orders').select().abortSignal(AbortSignal.abort()), (r) => r.error !== null],
};

let failed = 0;
for (const [name, [ask, expected]] of Object.entries(cases)) {
  const answer = await ask();
  let good = false;
  try {
    good = expected(answer);
  } catch {
    // an answer without what the expectation reads
  }
  if (!good) {
    failed += 1;
    console.error(`${name}: ${JSON.stringify(answer)}`);
  }
}
console.log(`${Object.keys(cases).length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
