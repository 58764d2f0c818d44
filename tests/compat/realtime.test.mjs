// Row changes, presence and broadcast through the official client: who sees what, live.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { client, key, signedIn, url } from './server.mjs'

const open = []
after(() => Promise.all(open.map((supabase) => supabase.removeAllChannels())))

const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

// Waits until `probe` gives something; undefined after three seconds.
async function until(probe, most = 3_000) {
  for (const end = Date.now() + most; Date.now() < end; await sleep(5)) {
    const found = probe()
    if (found !== undefined && found !== false) return found
  }
  return undefined
}

const subscribed = (channel) =>
  new Promise((done, fail) => {
    channel.subscribe((status, error) => {
      if (status === 'SUBSCRIBED') done(channel)
      if (status === 'CHANNEL_ERROR' || status === 'TIMED_OUT') fail(error ?? new Error(status))
    })
  })

// Signs in and hears every change of submissions.
async function listener(start) {
  const { supabase, session, user } = await signedIn(start)
  open.push(supabase)
  await supabase.realtime.setAuth(session.access_token)
  const changes = []
  const channel = supabase
    .channel('leads')
    .on('postgres_changes', { event: '*', schema: 'public', table: 'submissions' }, (change) => changes.push(change))
  await subscribed(channel)
  return { supabase, session, user, changes }
}

async function newLead(country) {
  const name = `Live ${country} ${Math.random().toString(36).slice(2)}`
  // A number of its own: the pipeline archives duplicates.
  const phone = { JM: '+1876926', KY: '+1345949' }[country] + String(Math.floor(Math.random() * 10_000)).padStart(4, '0')
  const response = await fetch(`${url}/api/submissions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', apikey: key, 'Idempotency-Key': crypto.randomUUID() },
    body: JSON.stringify({
      business_name: name, owner_name: 'Owner Person', email: `${Math.random().toString(36).slice(2)}@merchant.example`,
      phones: [{ number: phone, label: 'mobile', primary: true }], country, business_type: 'restaurant',
      interest_level: 8, preferred_language: 'en', consent_contact: true, consent_version: '2026-01', website: '',
      elapsed_ms: 20_000,
    }),
  })
  assert.equal(response.status, 201, await response.clone().text())
  return name
}

test('a lead is told live to those of its territory and to nobody else', async () => {
  const [jamaica, cayman, admin] = await Promise.all([listener('manager'), listener('rep.tiffany'), listener('admin')])
  const anonymous = client()
  open.push(anonymous)
  const overheard = []
  await subscribed(anonymous.channel('leads').on('postgres_changes', { event: '*', schema: '*' }, (c) => overheard.push(c)))

  const name = await newLead('JM')
  const of = ({ changes }, type) => changes.find((c) => c.eventType === type && c.new.business_name === name)
  const change = await until(() => of(jamaica, 'INSERT'))
  assert.ok(change, 'the manager of Jamaica is told')
  assert.equal(change.schema, 'public')
  assert.equal(change.table, 'submissions')
  assert.equal(change.errors, null)
  assert.equal(change.new.country, 'JM')
  assert.equal(typeof change.new.interest_level, 'number')
  assert.ok(Array.isArray(change.new.flags))
  assert.ok(Date.parse(change.new.created_at) > Date.now() - 60_000)
  assert.ok(await until(() => of(admin, 'INSERT')))

  // Told live what the database would tell when asked.
  const { data, error } = await jamaica.supabase.from('submissions').select().eq('id', change.new.id).single()
  assert.equal(error, null)
  assert.deepEqual(Object.keys(change.new).sort(), Object.keys(data).sort())

  const elsewhere = await newLead('KY')
  assert.ok(await until(() => cayman.changes.find((c) => c.new.business_name === elsewhere)))
  assert.equal(cayman.changes.some((c) => JSON.stringify(c).includes(name)), false)
  assert.equal(jamaica.changes.some((c) => JSON.stringify(c).includes(elsewhere)), false)
  assert.deepEqual(overheard, [])
})

test('a status change tells the new and the old row; a deleted lead leaves the screen', async () => {
  const manager = await listener('manager')
  const name = await newLead('JM')
  const inserted = await until(() => manager.changes.find((c) => c.new?.business_name === name))
  assert.ok(inserted)
  const { id } = inserted.new
  const current = () => manager.supabase.from('submissions').select('version').eq('id', id).single()
  const changed = await manager.supabase.rpc('change_submission_status', {
    p_id: id, p_status: 'contacted', p_version: (await current()).data.version,
    p_activity: { kind: 'call', subject: 'First call' },
  })
  assert.equal(changed.error, null)
  const update = await until(() =>
    manager.changes.find((c) => c.eventType === 'UPDATE' && c.new.id === id && c.new.status === 'contacted'))
  assert.ok(update)
  assert.equal(update.old.status, 'new')

  const deleted = await manager.supabase.rpc('soft_delete_submission', { p_id: id })
  assert.equal(deleted.error, null)
  const gone = await until(() => manager.changes.find((c) => c.eventType === 'DELETE' && c.old.id === id))
  assert.ok(gone, 'out of sight is told as a deletion')
  assert.deepEqual(gone.old, { id })
})

test('filters choose, unknown tables are refused', async () => {
  const { supabase } = await listener('admin')
  const seen = []
  const messages = []
  await subscribed(supabase.channel('filtered')
    .on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'submissions', filter: 'country=eq.KY' }, (c) => seen.push(c))
    .on('system', {}, (m) => messages.push(m)))
  assert.ok(await until(() => messages.find((m) => m.status === 'ok' && m.message === 'Subscribed to PostgreSQL')))
  await newLead('JM')
  const wanted = await newLead('KY')
  assert.ok(await until(() => seen.find((c) => c.new.business_name === wanted)))
  assert.ok(seen.every((c) => c.new.country === 'KY'))

  const refusals = []
  await subscribed(supabase.channel('nowhere')
    .on('postgres_changes', { event: '*', schema: 'flash', table: 'secrets' }, () => {})
    .on('system', {}, (m) => refusals.push(m)))
  assert.ok(await until(() => refusals.find((m) => m.status === 'error' && m.message.startsWith('Unable to subscribe'))))
})

test('presence: joining, several tabs under one key, leaving', async () => {
  const [one, two] = [await signedIn('rep.kemar'), await signedIn('rep.rochelle')]
  open.push(one.supabase, two.supabase)
  const room = (supabase, presenceKey) => supabase.channel('presence-test', { config: { presence: { key: presenceKey } } })
  const watching = room(one.supabase, 'kemar').on('presence', { event: 'sync' }, () => {})
  await subscribed(watching)
  assert.equal(await watching.track({ page: 'leads' }), 'ok')
  const other = room(two.supabase, 'rochelle').on('presence', { event: 'sync' }, () => {})
  await subscribed(other)
  assert.ok(await until(() => other.presenceState().kemar?.[0].page === 'leads'), 'the newcomer has the state')
  assert.equal(await other.track({ page: 'deals' }), 'ok')
  assert.ok(await until(() => watching.presenceState().rochelle?.[0].page === 'deals'))
  assert.equal(await other.track({ page: 'dashboard' }), 'ok')
  assert.ok(await until(() => watching.presenceState().rochelle?.[0].page === 'dashboard'))
  assert.equal(watching.presenceState().rochelle.length, 1)
  await two.supabase.removeChannel(other)
  assert.ok(await until(() => watching.presenceState().rochelle === undefined))
  assert.ok(watching.presenceState().kemar)
})

test('broadcast: to the others, to oneself when asked, acknowledged when asked', async () => {
  const [one, two] = [client(), client()]
  open.push(one, two)
  const heard = { one: [], two: [] }
  const join = (supabase, list, config) =>
    subscribed(supabase.channel('shouts', { config }).on('broadcast', { event: 'shout' }, (m) => list.push(m.payload)))
  const first = await join(one, heard.one, { broadcast: { self: true, ack: true } })
  await join(two, heard.two)
  assert.equal(await first.send({ type: 'broadcast', event: 'shout', payload: { text: 'hello' } }), 'ok')
  assert.ok(await until(() => heard.two.length === 1 && heard.one.length === 1))
  assert.deepEqual(heard.two[0], { text: 'hello' })
})

test('handshakes without a key, with a wrong one and without an upgrade are refused', async () => {
  const ask = async (query) => {
    const response = await fetch(`${url}/realtime/v1/websocket?vsn=2.0.0${query}`)
    return [response.status, (await response.json()).error]
  }
  assert.deepEqual(await ask(''), [401, 'API key is missing'])
  assert.equal((await ask('&apikey=sb_publishable_wrong'))[0], 401)
  assert.equal((await ask('&apikey=a.b.c'))[0], 401)
  assert.equal((await ask(`&apikey=${key}`))[0], 426)
})

test('a session that ends elsewhere loses its channels', async () => {
  const { supabase, session } = await signedIn('viewer')
  open.push(supabase)
  await supabase.realtime.setAuth(session.access_token)
  const messages = []
  const channel = supabase.channel('ends').on('system', {}, (m) => messages.push(m.message))
  await subscribed(channel)
  await fetch(`${url}/auth/v1/logout?scope=local`, {
    method: 'POST',
    headers: { apikey: key, Authorization: `Bearer ${session.access_token}` },
  })
  // Tokens are looked at again every ten seconds.
  assert.ok(await until(() => messages.includes('The session of this token has ended'), 15_000))
})
