// Reads go on through a database that is killed: refused while it is away, never wrong, and whole again after.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'

import { Flashd, sleep } from './flashd.mjs'

const server = await Flashd.make(['--demo'])
after(() => server.remove())

async function signIn(role) {
  const people = JSON.parse(readFileSync(join(server.data, 'demo-sign-ins.json'), 'utf8'))
  const { email, password } = people.find((person) => person.role === role)
  const page = await (await fetch(`${server.url}/`)).text()
  const apikey = /name="flash-key" content="([^"]+)"/.exec(page)[1]
  const answer = await fetch(`${server.url}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey, 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  const { access_token } = await answer.json()
  return { apikey, Authorization: `Bearer ${access_token}` }
}

test('a database that is killed under load costs refusals, no wrong answer and no connection', { timeout: 120_000 }, async (t) => {
  await server.start()
  const headers = await signIn('manager')
  const address = `${server.url}/rest/v1/submissions?select=id,business_name&order=id&limit=20`
  const expected = await (await fetch(address, { headers })).text()
  assert.equal(JSON.parse(expected).length, 20)

  const seen = { good: 0, refused: 0, afterReturn: 0 }
  let returned = false
  let stop = false
  const readers = Array.from({ length: 8 }, async () => {
    while (!stop) {
      const answer = await fetch(address, { headers })
      const body = await answer.text()
      if (answer.status === 200) {
        assert.equal(body, expected)
        ++seen.good
        if (returned) ++seen.afterReturn
      } else {
        assert.equal(answer.status, 503, body)
        assert.ok(JSON.parse(body).code, body)
        assert.ok(!returned, `refused after the database was back: ${body}`)
        ++seen.refused
        await sleep(20)
      }
    }
  })
  const watching = (async () => {
    for (let round = 0; round < 3; round++) {
      await sleep(500)
      const killed = server.postgresPid()
      process.kill(killed, 'SIGKILL')
      for (let i = 0; i < 300; i++) {
        await sleep(100)
        if (![undefined, killed].includes(server.postgresPid()) && (await server.ready())) break
      }
    }
    await sleep(2000) // every connection of the pool has come back
    returned = true
    await sleep(1000)
    stop = true
  })()
  try {
    await Promise.all([...readers, watching])
  } finally {
    stop = true
  }
  t.diagnostic(`${seen.good} answered, ${seen.refused} refused, ${seen.afterReturn} after the return`)
  assert.ok(seen.refused > 0, 'the load never met a database that was away')
  assert.ok(seen.afterReturn > 50, `only ${seen.afterReturn} answers after the database was back`)
})
