// The schema may change at any moment: the server follows within a second and no request fails.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { after, test } from 'node:test'

import { Flashd, sleep } from './flashd.mjs'

const server = await Flashd.make([])
after(() => server.remove())
await server.start()

const psql = (text) =>
  execFileSync('psql', ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-c', text], {
    env: { ...process.env, PGHOST: join(server.data, 'run'), PGUSER: 'postgres', PGDATABASE: 'flash' },
    encoding: 'utf8',
  }).trim()

const apikey = psql("select value from flash.secrets where name = 'auth.secret_key'")
const get = (path) => fetch(`${server.url}/rest/v1${path}`, { headers: { apikey } })

// Milliseconds until `path` answers with `status`.
async function until(path, status) {
  const began = performance.now()
  for (;;) {
    const answer = await get(path)
    const body = await answer.text()
    if (answer.status === status) return performance.now() - began
    assert.ok(performance.now() - began < 5_000, `${path}: still ${answer.status} ${body}`)
    await sleep(5)
  }
}

// Runs `work` while 8 connections ask without a pause; gives how many answers there were.
async function underLoad(path, work) {
  let running = true
  let answers = 0
  const ask = async () => {
    while (running) {
      const answer = await get(path)
      const body = await answer.text()
      assert.equal(answer.status, 200, body)
      answers += 1
    }
  }
  const load = Promise.all(Array.from({ length: 8 }, ask))
  const stopped = load.catch(() => undefined)
  try {
    await sleep(200)
    await work()
    await sleep(200)
  } finally {
    running = false
    await stopped
  }
  await load
  return answers
}

psql(`create table public.steady (id int primary key, name text, note text);
      insert into public.steady select n, 'name ' || n, 'note' from generate_series(1, 20) n;
      grant select on public.steady to service_role`)
await until('/steady?limit=1', 200)

test('a new table answers well under a second, and nothing else fails meanwhile', async () => {
  const took = []
  const answers = await underLoad('/steady?select=id,name&order=id', async () => {
    for (let n = 0; n < 5; n += 1) {
      psql(`create table public.fresh_${n} (id int primary key);
            grant select on public.fresh_${n} to service_role`)
      took.push(await until(`/fresh_${n}`, 200))
    }
  })
  assert.ok(answers > 100, `only ${answers} answers`)
  assert.ok(Math.max(...took) < 1_000, `took ${took.map(Math.round)} ms`)
})

test('columns come and go under load: what asks for all of them never fails', async () => {
  await underLoad('/steady?select=*&order=id', async () => {
    for (let n = 0; n < 5; n += 1) {
      psql('alter table public.steady add column extra int default 7')
      await until('/steady?select=extra&limit=1', 200)
      psql('alter table public.steady drop column extra')
      await until('/steady?select=extra&limit=1', 400)
    }
    psql('alter table public.steady alter column note type varchar(40)')
    await sleep(200)
  })
})

test('a dropped table is gone, a foreign key of a new table can be embedded', async () => {
  psql('drop table public.fresh_0')
  await until('/fresh_0', 404)
  psql(`create table public.parts (id int primary key, steady_id int references public.steady);
        grant select on public.parts to service_role`)
  await until('/steady?select=id,parts(id)&limit=1', 200)
})

test('a migration of hundreds of statements makes few loads', async () => {
  const loads = () => server.events('catalog_loaded').length
  const before = loads()
  psql(`begin; ${Array.from({ length: 300 }, (_, n) => `create table public.many_${n} (id int)`).join(';')};
        grant select on all tables in schema public to service_role; commit`)
  await until('/many_299', 200)
  await sleep(500)
  assert.ok(loads() - before <= 3, `${loads() - before} loads`)
})

test('temporary tables are nobody else’s business', async () => {
  await sleep(300)
  const before = server.events('catalog_loaded').length
  psql('create temp table t (id int); drop table t; create temp table u (id int)')
  await sleep(500)
  assert.equal(server.events('catalog_loaded').length, before)
})

test('settings of roles are told by NOTIFY, as PostgREST expects', async () => {
  const before = server.events('catalog_loaded').length
  psql("notify pgrst, 'reload config'; notify pgrst, 'reload schema'; notify pgrst")
  for (let n = 0; n < 100 && server.events('catalog_loaded').length === before; n += 1)
    await sleep(20)
  assert.ok(server.events('catalog_loaded').length > before)
})
