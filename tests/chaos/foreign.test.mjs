// A database that is not Flash's: plain SQL, PostgREST's usual roles. REST is served as PostgREST
// would, nothing is created in it, and its schema is followed.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { Flashd, freePort, sleep } from './flashd.mjs'

const host = await Flashd.make([]) // for its PostgreSQL
const run = join(host.data, 'run')
const psql = (text, database = 'plain') =>
  execFileSync('psql', ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-c', text], {
    env: { ...process.env, PGHOST: run, PGUSER: 'postgres', PGDATABASE: database },
    encoding: 'utf8',
  }).trim()

const secret = 'a secret of the project, not of ours'
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
function token(claims) {
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}

let foreign
async function ask(path, claims, options = {}) {
  const headers = { ...options.headers }
  if (claims) headers.Authorization = `Bearer ${token(claims)}`
  const answer = await fetch(foreign.url + path, { ...options, headers })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: text && JSON.parse(text) }
}
async function until(path, status) {
  const began = performance.now()
  for (;;) {
    const answer = await ask(path)
    if (answer.status === status) return answer
    assert.ok(performance.now() - began < 3_000, `${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    await sleep(10)
  }
}

before(async () => {
  await host.start()
  psql('create database plain template template0', 'flash')
  psql(`create role web_anon nologin; create role shop_user nologin; create role hasty nologin;
        grant web_anon, shop_user, hasty to authenticator;
        alter role hasty set statement_timeout = '200ms';
        create schema api;
        create table api.films (id int primary key, title text);
        create table api.notes (id int primary key, owner text default current_setting('request.jwt.claims', true)::json ->> 'sub');
        insert into api.films values (1, 'Smile Orange'), (2, 'Rockers');
        grant usage on schema api to web_anon, shop_user, hasty;
        grant select on api.films to web_anon, shop_user, hasty;
        grant select, insert on api.notes to shop_user;
        create function api.slowly() returns int language sql as 'select 1 from pg_sleep(2)';
        create function api.hurried() returns int language sql set statement_timeout = '200ms'
          as 'select 1 from pg_sleep(2)';
        create function api.tint() returns text stable language sql as $$ select current_setting('app.settings.tint') $$`)
  foreign = new Flashd(await freePort(), host.data, [])
  foreign.environment = {
    PGRST_DB_URI: `host=${run} user=authenticator dbname=plain`,
    PGRST_DB_SCHEMAS: 'api',
    PGRST_DB_ANON_ROLE: 'web_anon',
    PGRST_JWT_SECRET: secret,
    PGRST_APP_SETTINGS_TINT: 'blue, green',
    PGRST_DB_POOL: '10',
  }
  await foreign.start()
})
after(async () => {
  await foreign?.kill('SIGTERM')
  await host.remove()
})

test('what anybody may see is at the root and at Supabase’s address', async () => {
  const films = [{ id: 1, title: 'Smile Orange' }, { id: 2, title: 'Rockers' }]
  assert.deepEqual((await ask('/films?order=id')).body, films)
  assert.deepEqual((await ask('/rest/v1/films?order=id')).body, films)
  assert.equal((await ask('/nothing')).body.code, 'PGRST205')
  assert.equal((await ask('/rpc/tint')).body, 'blue, green')
})

test('a token’s role is the database’s role', async () => {
  assert.equal((await ask('/notes')).status, 401)
  const made = await ask('/notes?select=owner', { role: 'shop_user', sub: 'ada' }, {
    method: 'POST',
    body: '{"id":1}',
    headers: { 'Content-Type': 'application/json', Prefer: 'return=representation' },
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.deepEqual(made.body, [{ owner: 'ada' }])
  assert.equal((await ask('/films', { role: 'postgres' })).status, 403)
  assert.equal((await ask('/films', { role: 'shop_user', exp: 1_000_000 })).body.code, 'PGRST303')
  const forged = await fetch(`${foreign.url}/films`, { headers: { Authorization: 'Bearer ey.ey.ey' } })
  assert.equal(forged.status, 401)
})

test('limits of a role and of a function hold for the transaction', async () => {
  const began = performance.now()
  assert.equal((await ask('/rpc/slowly', { role: 'hasty' })).body.code, '57014')
  assert.equal((await ask('/rpc/hurried')).body.code, '57014')
  assert.ok(performance.now() - began < 1_900)
})

test('its schema is followed by NOTIFY, as PostgREST’s users do it', async () => {
  psql("create table api.actors (id int primary key); grant select on api.actors to web_anon; notify pgrst, 'reload schema'")
  await until('/actors', 200)
})

test('nothing of ours is in it, and nothing but REST is served', async () => {
  assert.equal(psql("select count(*) from pg_namespace where nspname in ('flash', 'auth')"), '0')
  assert.equal(psql('select count(*) from pg_event_trigger'), '0')
  assert.equal(psql("select count(*) from pg_replication_slots where database = 'plain'"), '0')
  for (const path of ['/auth/v1/settings', '/api/config', '/index.html'])
    assert.equal((await ask(path)).status, 404, path)
  assert.equal((await ask('/livez').catch(() => ({ status: 200 }))).status, 200)
})

test('what is not followed of PostgREST’s settings was told', () => {
  assert.ok(foreign.log.includes('PGRST_DB_POOL is not followed'), foreign.log.slice(0, 500))
})
