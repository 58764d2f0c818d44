// A database across a network, under TLS: everything works as over a socket file, and large answers
// and large bodies come through whole.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chownSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'

import { Flashd, freePort, sleep } from './flashd.mjs'

const host = await Flashd.make(['--demo']) // for its PostgreSQL
const psql = (text) =>
  execFileSync('psql', ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-c', text], {
    env: { ...process.env, PGHOST: join(host.data, 'run'), PGUSER: 'postgres', PGDATABASE: 'flash' },
    encoding: 'utf8',
  }).trim()

// A loopback address that nobody else listens on: the port stays PostgreSQL's.
const address = `127.${10 + (process.pid % 200)}.${1 + ((process.pid >> 8) % 200)}.7`
let server
after(async () => {
  await server?.remove()
  await host.remove()
})

function giveCertificate() {
  const folder = join(host.data, 'run', 'tls')
  mkdirSync(folder)
  const [cert, key, hba] = ['cert.pem', 'key.pem', 'hba.conf'].map((name) => join(folder, name))
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1',
    '-subj', '/CN=localhost', '-keyout', key, '-out', cert,
  ], { stdio: 'ignore' })
  writeFileSync(hba, 'local all all trust\nlocal replication all trust\nhostssl all all 127.0.0.0/8 trust\nhostssl replication all 127.0.0.0/8 trust\n')
  const { uid, gid } = statSync(join(host.data, 'pg'))
  for (const path of [folder, cert, key, hba]) chownSync(path, uid, gid)
  for (const [name, value] of Object.entries({
    ssl: 'on', ssl_cert_file: cert, ssl_key_file: key, hba_file: hba, listen_addresses: address,
  }))
    psql(`alter system set ${name} = '${value}'`)
}

test('a server is ready on a database that speaks TLS only', { timeout: 120_000 }, async () => {
  await host.start()
  giveCertificate()
  await host.kill('SIGTERM')
  await host.start()
  const url = `postgres://postgres@${address}/flash?sslmode=require`
  server = new Flashd(await freePort(), join(host.data, 'second'), ['--database-url', url, '--node', 'second'])
  mkdirSync(server.data)
  await server.start()
  assert.equal(psql("select count(*) > 0 from pg_stat_ssl join pg_stat_activity using (pid) where ssl and application_name = 'flashd'"), 't')
})

test('reads, writes and large values pass under TLS as they do without', { timeout: 60_000 }, async () => {
  const apikey = psql("select value from flash.secrets where name = 'auth.secret_key'")
  const ask = (path, options = {}) =>
    fetch(`${server.url}/rest/v1/${path}`, { ...options, headers: { apikey, ...options.headers } })
  const ids = JSON.parse(await (await ask('submissions?select=id&limit=40')).text()).map((row) => row.id)
  const answers = await Promise.all(
    ids.flatMap((id) => [1, 2, 3].map(() => ask(`submissions?select=id&id=eq.${id}`).then((r) => r.json()))),
  )
  answers.forEach((rows, i) => assert.equal(rows[0].id, ids[Math.floor(i / 3)]))

  psql('create table public.large_texts (id int primary key, body text); grant select, insert on public.large_texts to service_role')
  for (const end = Date.now() + 5_000; (await ask('large_texts')).status !== 200; await sleep(20))
    assert.ok(Date.now() < end, 'the new table is not seen')
  const body = 'é'.repeat(300_000)
  const made = await ask('large_texts', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Prefer: 'return=representation' },
    body: JSON.stringify([{ id: 1, body }, { id: 2, body: 'short' }]),
  })
  assert.equal(made.status, 201, await made.clone().text())
  assert.deepEqual(await (await ask('large_texts?order=id')).json(), [{ id: 1, body }, { id: 2, body: 'short' }])
  assert.equal((await (await ask('no_such_table')).json()).code, 'PGRST205')
})
