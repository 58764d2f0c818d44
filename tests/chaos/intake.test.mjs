// No accepted lead is lost or doubled, whatever is killed while leads come in.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'

import { Flashd, sleep } from './flashd.mjs'

const unlimited = ['--intake-per-minute', '0', '--intake-per-hour', '0']
const server = await Flashd.make([...unlimited, '--demo'])
after(() => server.remove())

const lead = (key) => ({
  business_name: `Chaos Bakery ${key}`,
  owner_name: 'Marcia Bennett',
  email: `chaos-${key}@bakery.example`,
  country: 'JM',
  business_type: 'restaurant',
  interest_level: 7,
  consent_contact: true,
  consent_version: '1',
  elapsed_ms: 20_000,
})

// Sends one lead until it is acknowledged, always with the same key; gives its reference.
async function sendUntilAcknowledged(key, until) {
  while (Date.now() < until) {
    try {
      const answer = await fetch(`${server.url}/api/submissions`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body: JSON.stringify(lead(key)),
        signal: AbortSignal.timeout(10_000),
      })
      const body = await answer.json()
      if (answer.status === 201 || answer.status === 200) return body.reference
      assert.ok(answer.status >= 500, `refused with ${answer.status}: ${JSON.stringify(body)}`)
    } catch (fault) {
      if (fault instanceof assert.AssertionError) throw fault
    }
    await sleep(50)
  }
  return undefined
}

// Every lead that this test made, as an administrator sees them.
async function storedReferences() {
  const people = JSON.parse(readFileSync(join(server.data, 'demo-sign-ins.json'), 'utf8'))
  const admin = people.find((person) => person.role === 'admin')
  const page = await (await fetch(`${server.url}/`)).text()
  const apikey = /name="flash-key" content="([^"]+)"/.exec(page)[1]
  const signIn = await fetch(`${server.url}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey, 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: admin.email, password: admin.password }),
  })
  const { access_token } = await signIn.json()
  const rows = []
  for (let offset = 0; ; offset += 1000) {
    const answer = await fetch(
      `${server.url}/rest/v1/submissions?select=reference,email&business_name=like.Chaos*&order=id&limit=1000&offset=${offset}`,
      { headers: { apikey, Authorization: `Bearer ${access_token}` } },
    )
    assert.equal(answer.status, 200)
    const some = await answer.json()
    rows.push(...some)
    if (some.length < 1000) return rows
  }
}

async function run(seconds, disturb) {
  const until = Date.now() + seconds * 1000
  const acknowledged = new Map()
  let stop = false
  const senders = Array.from({ length: 8 }, async () => {
    while (!stop) {
      const key = randomUUID()
      const reference = await sendUntilAcknowledged(key, until + 60_000)
      assert.ok(reference, 'a lead was not accepted within a minute')
      acknowledged.set(key, reference)
    }
  })
  try {
    while (Date.now() < until) {
      await sleep(800 + Math.floor(700 * ((Date.now() % 997) / 997)))
      await disturb()
    }
  } finally {
    stop = true
  }
  await Promise.all(senders)
  const rows = await storedReferences()
  const perMail = new Map()
  for (const row of rows) perMail.set(row.email, [...(perMail.get(row.email) ?? []), row.reference])
  for (const [key, reference] of acknowledged)
    assert.deepEqual(perMail.get(`chaos-${key}@bakery.example`), [reference], `lead ${key}`)
  assert.ok(acknowledged.size > 20, `only ${acknowledged.size} leads went through`)
  return acknowledged.size
}

test('every acknowledged lead is there once after flashd was killed again and again', { timeout: 180_000 }, async (t) => {
  await server.start()
  const count = await run(12, async () => {
    await server.kill('SIGKILL')
    await server.start()
  })
  t.diagnostic(`${count} leads acknowledged`)
})

test('every acknowledged lead is there once after PostgreSQL was killed again and again', { timeout: 180_000 }, async (t) => {
  await server.ensure()
  const count = await run(12, async () => {
    const killed = server.postgresPid()
    process.kill(killed, 'SIGKILL')
    // Its backends answer for some milliseconds more: only a new one counts as back.
    let back = false
    for (let i = 0; i < 300 && !back; i++) {
      await sleep(100)
      back = ![undefined, killed].includes(server.postgresPid()) && (await server.ready())
    }
    assert.ok(back, `the database did not come back:\n${server.log.slice(-2000)}`)
  })
  t.diagnostic(`${count} leads acknowledged`)
})

test('SIGTERM lets running requests end and leaves no process behind', { timeout: 60_000 }, async () => {
  await server.ensure()
  const pid = server.postgresPid()
  const running = sendUntilAcknowledged(randomUUID(), Date.now() + 5000)
  await sleep(5)
  server.child.kill('SIGTERM')
  assert.equal(await server.child.ended, 0)
  assert.ok(await running)
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' })
})
