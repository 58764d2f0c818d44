// The addresses of the lead API over HTTP: what each person may do there, and the shape of every refusal.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, test } from 'node:test'
import { key, signedIn, url } from './server.mjs'

const form = (more = {}) => ({
  business_name: 'Compat Grill', owner_name: 'Marcia Brown', email: `${randomUUID()}@compat.example`, country: 'JM',
  sub_area: 'JM-06', business_type: 'restaurant', interest_level: 5, ...more,
})

async function call(method, path, { token, body, headers } = {}) {
  const response = await fetch(url + path, {
    method,
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    headers: {
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...(token && { apikey: key, Authorization: `Bearer ${token}` }), ...headers,
    },
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined }
}

const tokens = {}
before(async () => {
  for (const start of ['admin', 'manager', 'rep.kemar', 'viewer'])
    tokens[start] = (await signedIn(start)).session.access_token
})

test('an anonymous lead is answered with its reference alone, and once a key', async () => {
  const body = form({ consent_contact: true })
  const headers = { 'Idempotency-Key': randomUUID() }
  const first = await call('POST', '/api/submissions', { body, headers })
  assert.equal(first.status, 201)
  assert.deepEqual(Object.keys(first.body), ['reference'])
  assert.match(first.body.reference, /^FL-[0-9A-Z]{6}$/)
  const again = await call('POST', '/api/submissions', { body, headers })
  assert.equal(again.status, 200)
  assert.deepEqual(again.body, first.body)
  const other = await call('POST', '/api/submissions', { body: { ...body, owner_name: 'Other' }, headers })
  assert.equal(other.status, 422)
  assert.equal(other.body.code, 'idempotency_mismatch')
})

test('a form with faults names every field', async () => {
  const refused = await call('POST', '/api/submissions', { body: { phones: [{ number: '922-1234' }], country: 'JM' } })
  assert.equal(refused.status, 422)
  assert.equal(refused.body.code, 'validation_failed')
  const rules = Object.fromEntries(refused.body.errors.map(({ field, rule }) => [field, rule]))
  assert.equal(rules['phones.0.number'], 'phone_needs_area_code')
  assert.equal(rules.business_name, 'required')
  assert.equal(rules.consent_contact, 'must_be_true')
  assert.equal((await call('POST', '/api/submissions', { body: '{' })).status, 400)
})

test('a person gets the row, a score that adds up, and why it went where it went', async () => {
  const { status, body } = await call('POST', '/api/submissions', { token: tokens['rep.kemar'], body: form() })
  assert.equal(status, 201)
  const sum = body.score.factors.reduce((all, { points }) => all + points, body.score.adjustment)
  assert.equal(sum, body.score.score)
  assert.equal(body.submission.lead_score, body.score.score)
  assert.match(body.assignment.reason, /^Rule \d+ /)
})

test('nobody enters a lead where he does not work', async () => {
  for (const who of ['rep.kemar', 'viewer']) {
    const body = form({ country: who === 'viewer' ? 'CW' : 'KY', sub_area: undefined })
    const refused = await call('POST', '/api/submissions', { token: tokens[who], body })
    assert.equal(refused.status, 403)
    assert.equal(refused.body.code, 'territory_not_held')
  }
})

test('what is listed is what row security shows, page after page', async () => {
  assert.equal((await call('GET', '/api/submissions')).status, 401)
  assert.equal((await call('GET', '/api/submissions', { headers: { apikey: key } })).body.code, 'sign_in_required')
  const first = await call('GET', '/api/submissions?limit=2', { token: tokens.manager })
  assert.equal(first.body.submissions.length, 2)
  const next = await call('GET', `/api/submissions?limit=2&before=${encodeURIComponent(first.body.next)}`,
    { token: tokens.manager })
  const seen = [...first.body.submissions, ...next.body.submissions]
  assert.equal(new Set(seen.map(({ id }) => id)).size, 4)
  assert.deepEqual(new Set(seen.map(({ country }) => country)), new Set(['JM']))
  const foreign = await call('GET', `/api/submissions/${seen[0].id}`, { token: tokens.viewer })
  assert.equal(foreign.status, 404)
  assert.equal((await call('GET', '/api/submissions?limit=201', { token: tokens.manager })).status, 400)
  assert.equal((await call('GET', '/api/submissions?before=x', { token: tokens.manager })).status, 400)
})

test('a change scores anew in its own transaction and needs the version', async () => {
  const token = tokens.manager
  const { body: { submission } } = await call('POST', '/api/submissions', { token, body: form() })
  const path = `/api/submissions/${submission.id}`
  const changed = await call('PATCH', path, { token, body: { version: submission.version, monthly_revenue_band: '250k+' } })
  assert.equal(changed.status, 200)
  assert.equal(changed.body.submission.lead_score - submission.lead_score, 26)
  assert.equal(changed.body.score.factors[0].points, 25)
  const stale = await call('PATCH', path, { token, body: { version: submission.version, interest_level: 9 } })
  assert.equal(stale.status, 409)
  assert.equal(stale.body.code, 'version_conflict')
  const bad = await call('PATCH', path, { token, body: { version: 1, lead_score: 100, interest_level: 11 } })
  assert.deepEqual(bad.body.errors.map(({ field, rule }) => [field, rule]),
    [['lead_score', 'not_allowed'], ['interest_level', 'out_of_range']])
  assert.equal((await call('PATCH', path, { token: tokens.viewer, body: { version: 1 } })).status, 404)
  assert.equal((await call('DELETE', path, { token: tokens.viewer })).status, 403)
  assert.equal((await call('DELETE', `${path}?version=1`, { token })).status, 409)
  assert.equal((await call('DELETE', path, { token })).status, 204)
  assert.equal((await call('GET', path, { token })).status, 404)
})

test('figures are those of the rows the caller sees', async () => {
  const all = (await call('GET', '/api/submissions/stats', { token: tokens.admin })).body
  const some = (await call('GET', '/api/submissions/stats', { token: tokens.viewer })).body
  assert.deepEqual(Object.keys(some.by_country), ['CW'])
  assert.ok(some.total < all.total)
  assert.equal(Object.values(all.by_status).reduce((sum, n) => sum + n, 0), all.total)
})

test('a rep sees his own performance and his rank, a manager his team', async () => {
  const own = (await call('GET', '/api/rep-tracking', { token: tokens['rep.kemar'] })).body.reps
  assert.equal(own.length, 1)
  assert.equal(own[0].of, 2)
  const team = (await call('GET', '/api/rep-tracking', { token: tokens.manager })).body.reps
  assert.equal(team.length, 2)
  const stats = (await call('GET', '/api/rep-tracking/stats', { token: tokens.manager })).body
  assert.equal(stats.reps, 2)
  assert.equal(stats.open_leads, team.reduce((sum, { open_leads: open }) => sum + open, 0))
})

test('the form is described to everybody, and kept by the browser', async () => {
  const config = await call('GET', '/api/config')
  assert.equal(config.status, 200)
  assert.equal(config.body.publishable_key, key)
  assert.deepEqual(config.body.territories.map(({ code }) => code), ['JM', 'KY', 'CW'])
  assert.equal(config.body.territories[0].sub_areas.length, 14)
  const etag = config.headers.get('etag')
  assert.equal((await call('GET', '/api/config', { headers: { 'If-None-Match': etag } })).status, 304)
})
