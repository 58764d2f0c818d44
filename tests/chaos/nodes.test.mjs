// Two servers on one database: each has a replication slot of its own, both tell every change, both
// follow the schema, and one that stops leaves nothing behind.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'

import { Flashd, freePort, sleep } from './flashd.mjs'

const first = await Flashd.make(['--node', 'first'])
await first.start()
const run = join(first.data, 'run')
const second = new Flashd(await freePort(), first.data, [
  '--database-url',
  `host=${run} user=postgres dbname=flash`,
  '--node',
  'second',
])
await second.start()
after(async () => {
  if (second.child.exitCode === null) await second.kill('SIGTERM')
  await first.remove()
})

const psql = (text) =>
  execFileSync('psql', ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-c', text], {
    env: { ...process.env, PGHOST: run, PGUSER: 'postgres', PGDATABASE: 'flash' },
    encoding: 'utf8',
  }).trim()
const apikey = psql("select value from flash.secrets where name = 'auth.secret_key'")
const slots = () => psql("select string_agg(slot_name, ' ' order by slot_name) from pg_replication_slots")

async function within(ms, what, question) {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(20)) {
    const answer = await question()
    if (answer) return answer
  }
  throw new Error(`not within ${ms} ms: ${what}`)
}

// A socket that listens to public.shared; `seen` holds the names of inserted rows.
async function listen(server) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/realtime/v1/websocket?apikey=${apikey}&vsn=1.0.0`)
  const seen = []
  let joined = false
  socket.onmessage = ({ data }) => {
    const { event, payload } = JSON.parse(data)
    if (event === 'system' && payload.status === 'ok') joined = true
    if (event === 'postgres_changes') seen.push(payload.data.record.name)
  }
  await new Promise((done, fault) => ((socket.onopen = done), (socket.onerror = fault)))
  const config = { postgres_changes: [{ event: 'INSERT', schema: 'public', table: 'shared' }] }
  socket.send(JSON.stringify({ topic: 'realtime:all', event: 'phx_join', ref: '1', payload: { config } }))
  await within(5_000, 'joined', () => joined)
  return { seen, close: () => socket.close() }
}

psql(`create table public.shared (id int generated always as identity primary key, name text);
      alter table public.shared replica identity full;
      alter publication supabase_realtime add table public.shared;
      grant select, insert on public.shared to service_role`)

test('each node has a slot of its own', async () => {
  await within(5_000, 'two slots', () => slots() === 'flash_cdc_flash_first flash_cdc_flash_second')
})

test('both follow the schema', async () => {
  for (const server of [first, second])
    await within(3_000, 'the new table', async () => {
      const answer = await fetch(`${server.url}/rest/v1/shared`, { headers: { apikey } })
      await answer.text()
      return answer.status === 200
    })
})

test('a change is told by both, whichever wrote it', async () => {
  const ears = [await listen(first), await listen(second)]
  for (const [server, name] of [[first, 'from the first'], [second, 'from the second']]) {
    const made = await fetch(`${server.url}/rest/v1/shared`, {
      method: 'POST',
      headers: { apikey, 'Content-Type': 'application/json' },
      body: JSON.stringify({ name }),
    })
    assert.equal(made.status, 201)
  }
  for (const ear of ears)
    await within(5_000, 'both changes', () => ear.seen.length >= 2)
  for (const ear of ears) {
    assert.deepEqual(ear.seen, ['from the first', 'from the second'])
    ear.close()
  }
})

test('a node that stops gives its slot back; one that is killed finds it again', async () => {
  await second.kill('SIGTERM')
  assert.equal(slots(), 'flash_cdc_flash_first')
  await second.start()
  await within(5_000, 'the slot', () => slots() === 'flash_cdc_flash_first flash_cdc_flash_second')
  await within(5_000, 'its reader', () => second.events('wal_live').length >= 2)
  await second.kill('SIGKILL')
  await second.start()
  await within(20_000, 'the stream', () => second.events('wal_live').length >= 3)
  assert.equal(slots(), 'flash_cdc_flash_first flash_cdc_flash_second')
})

test('the demo goes into a database that is somebody else\'s, and the sign-ins into a directory that is new', async () => {
  const data = join(first.data, 'not', 'yet')
  const third = new Flashd(await freePort(), data, [
    '--demo',
    '--database-url',
    `host=${run} user=postgres dbname=flash`,
    '--node',
    'third',
  ])
  await third.start()
  const people = JSON.parse(readFileSync(join(data, 'demo-sign-ins.json'), 'utf8'))
  assert.equal(people.length, Number(psql('select count(*) from auth.users')))
  assert.ok(people.length > 0)
  await third.kill('SIGTERM')
})
