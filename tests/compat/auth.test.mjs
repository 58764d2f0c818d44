// Sign-in, sessions and keys through the official client, and forged tokens without it.
import assert from 'node:assert/strict'
import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { test } from 'node:test'
import { client, key, person, signedIn, url } from './server.mjs'

const version = { 'X-Supabase-Api-Version': '2024-01-01' }
const encode = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())
const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

async function call(path, { token, headers, ...options } = {}) {
  const response = await fetch(url + path, {
    ...options,
    headers: { apikey: key, ...version, ...(token && { Authorization: `Bearer ${token}` }), ...headers },
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined }
}
const post = (path, body, more = {}) =>
  call(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), ...more })
const rest = (token) => call('/rest/v1/territories?select=code&limit=1', { token })

test('a password becomes a session with the role of the profile', async () => {
  const { session, user } = await signedIn('rep.kemar')
  const claims = claimsOf(session.access_token)
  assert.equal(session.token_type, 'bearer')
  assert.equal(claims.sub, user.id)
  assert.equal(claims.role, 'authenticated')
  assert.equal(claims.app_metadata.role, 'rep')
  assert.equal(claims.aal, 'aal1')
  assert.equal(claims.amr[0].method, 'password')
  assert.match(claims.session_id, /^[0-9a-f-]{36}$/)
  assert.equal(claims.iss, `${new URL(claims.iss).origin}/auth/v1`)
  assert.equal(user.app_metadata.role, 'rep')
  assert.ok(session.expires_at - Date.now() / 1000 > 3000)
})

test('each demo person has the role of his profile', async () => {
  for (const [start, role] of [['admin', 'admin'], ['manager', 'manager'], ['viewer', 'viewer']]) {
    const { user } = await signedIn(start)
    assert.equal(user.app_metadata.role, role)
  }
})

test('a wrong password and an unknown address get the same answer', async () => {
  const answers = []
  for (const email of [person('rep.rochelle').email, 'nobody@harbourpay.example']) {
    const { data, error } = await client().auth.signInWithPassword({ email, password: 'not the password' })
    assert.equal(data.session, null)
    answers.push([error.status, error.code, error.message])
  }
  assert.deepEqual(answers[0], [400, 'invalid_credentials', 'Invalid login credentials'])
  assert.deepEqual(answers[1], answers[0])
})

test('getUser and getClaims agree; claims verify with the published key', async () => {
  const { supabase, user } = await signedIn('rep.kemar')
  const got = await supabase.auth.getUser()
  assert.equal(got.error, null)
  assert.equal(got.data.user.id, user.id)
  const claims = await supabase.auth.getClaims()
  assert.equal(claims.error, null)
  assert.equal(claims.data.header.alg, 'ES256')
  assert.equal(claims.data.claims.sub, user.id)
})

test('refresh rotates the token; a second tab gets the same next one', async () => {
  const { supabase, session } = await signedIn('rep.kemar')
  const first = await supabase.auth.refreshSession({ refresh_token: session.refresh_token })
  assert.equal(first.error, null)
  assert.notEqual(first.data.session.refresh_token, session.refresh_token)
  const tab = await client().auth.refreshSession({ refresh_token: session.refresh_token })
  assert.equal(tab.error, null)
  assert.equal(tab.data.session.refresh_token, first.data.session.refresh_token)
  const unknown = await client().auth.refreshSession({ refresh_token: 'A'.repeat(43) })
  assert.equal(unknown.error.code, 'refresh_token_not_found')
})

test('user metadata is the person’s own and grants nothing', async () => {
  const { supabase } = await signedIn('rep.tiffany')
  const changed = await supabase.auth.updateUser({ data: { theme: 'dark', role: 'admin' } })
  assert.equal(changed.error, null)
  assert.equal(changed.data.user.user_metadata.theme, 'dark')
  const { data } = await supabase.auth.refreshSession()
  assert.equal(claimsOf(data.session.access_token).app_metadata.role, 'rep')
  const undone = await supabase.auth.updateUser({ data: { theme: null, role: null } })
  assert.deepEqual(undone.data.user.user_metadata.role, undefined)
  const mail = await supabase.auth.updateUser({ email: 'other@harbourpay.example' })
  assert.equal(mail.error.code, 'feature_disabled')
  const weak = await supabase.auth.updateUser({ password: 'short' })
  assert.equal(weak.error.code, 'weak_password')
  assert.deepEqual(weak.error.reasons, ['length'])
})

test('after signing out neither token works, on any core', async () => {
  const { supabase, session } = await signedIn('rep.rensley')
  assert.equal((await rest(session.access_token)).status, 200)
  assert.equal((await supabase.auth.signOut({ scope: 'local' })).error, null)
  for (let i = 0; i < 8; ++i) {
    const answer = await call('/rest/v1/territories?select=code', {
      token: session.access_token,
      headers: { Connection: 'close' },
    })
    assert.equal(answer.status, 401)
    assert.equal(answer.body.code, 'PGRST303')
  }
  assert.equal((await call('/auth/v1/user', { token: session.access_token })).body.code, 'session_not_found')
  const again = await client().auth.refreshSession({ refresh_token: session.refresh_token })
  assert.equal(again.error.code, 'refresh_token_not_found')
})

test('signing the others out leaves this session', async () => {
  const here = await signedIn('rep.rensley')
  const there = await signedIn('rep.rensley')
  assert.equal((await here.supabase.auth.signOut({ scope: 'others' })).error, null)
  assert.equal((await rest(here.session.access_token)).status, 200)
  assert.equal((await rest(there.session.access_token)).status, 401)
})

test('a stranger with the publishable key is anon', async () => {
  const answer = await rest()
  assert.ok([200, 401].includes(answer.status), `${answer.status}`)
  if (answer.status === 200) assert.ok(Array.isArray(answer.body))
  for (const table of ['submissions', 'profiles', 'audit_log']) {
    const { status, body } = await call(`/rest/v1/${table}?select=id&limit=1`)
    assert.ok(status === 401 || (status === 200 && body.length === 0), `${table} ${status}`)
  }
  assert.equal((await call('/auth/v1/user')).status, 401)
})

test('keys: none, unknown and half known are refused', async () => {
  const none = await fetch(`${url}/rest/v1/territories`)
  assert.equal(none.status, 401)
  assert.match((await none.json()).message, /No API key found in request/)
  for (const bad of ['x', 'sb_secret_x', key.slice(0, -1), `${key}A`, 'a'.repeat(5_000)]) {
    const answer = await fetch(`${url}/rest/v1/territories`, { headers: { apikey: bad } })
    assert.equal(answer.status, 401, bad.slice(0, 30))
    assert.match((await answer.json()).message, /Invalid API key/)
  }
  const inAddress = await fetch(`${url}/rest/v1/territories?apikey=${key}`)
  assert.equal(inAddress.status, 401)
})

test('forged tokens are refused', async () => {
  const { session } = await signedIn('rep.kemar')
  const [header, payload, signature] = session.access_token.split('.')
  const claims = claimsOf(session.access_token)
  const admin = encode({ ...claims, app_metadata: { role: 'admin' } })
  const { keys } = (await call('/auth/v1/.well-known/jwks.json')).body
  const pem = createPublicKey({ key: keys[0], format: 'jwk' }).export({ type: 'spki', format: 'pem' })
  const kid = keys[0].kid
  const hs = (secret, body) => {
    const text = `${encode({ alg: 'HS256', typ: 'JWT', kid })}.${body}`
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
  }
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const es = (head, body) => {
    const text = `${encode({ alg: 'ES256', ...head })}.${body}`
    const made = sign('sha256', Buffer.from(text), { key: own.privateKey, dsaEncoding: 'ieee-p1363' })
    return `${text}.${made.toString('base64url')}`
  }
  const forged = {
    'claims changed': `${header}.${admin}.${signature}`,
    'signature cut': `${header}.${payload}.${signature.slice(0, -2)}`,
    'signature gone': `${header}.${payload}.`,
    'alg none': `${encode({ alg: 'none' })}.${admin}.`,
    'alg none with signature': `${encode({ alg: 'none' })}.${admin}.${signature}`,
    'public key as secret, PEM': hs(pem, admin),
    'public key as secret, JWK': hs(JSON.stringify(keys[0]), admin),
    'empty secret': hs('', admin),
    'Supabase’s well-known secret': hs('super-secret-jwt-token-with-at-least-32-characters-long', admin),
    'own key': es({ kid }, admin),
    'own key in the header': es({ jwk: own.publicKey.export({ format: 'jwk' }) }, admin),
    'own key, own kid': es({ kid: 'mine' }, admin),
    'zero signature': `${header}.${admin}.${Buffer.alloc(64).toString('base64url')}`,
    'service role': hs(key, encode({ role: 'service_role', exp: 1983812996 })),
  }
  for (const [name, token] of Object.entries(forged)) {
    const answer = await rest(token)
    assert.equal(answer.status, 401, name)
    assert.equal(answer.body.code, 'PGRST301', name)
    assert.match(answer.headers.get('www-authenticate'), /invalid_token/)
    const user = await call('/auth/v1/user', { token })
    assert.equal(user.status, 403, name)
    assert.equal(user.body.code, 'bad_jwt', name)
  }
  assert.equal((await rest(session.access_token)).status, 200, 'the real one still works')
})

test('bad input gets a code and leaves nothing behind', async () => {
  const cases = [
    ['/auth/v1/token?grant_type=password', '{', 400, 'bad_json'],
    ['/auth/v1/token?grant_type=password', '[]', 400, 'bad_json'],
    ['/auth/v1/token?grant_type=password', {}, 400, 'validation_failed'],
    ['/auth/v1/token?grant_type=password', { email: 1, password: 'x' }, 400, 'bad_json'],
    ['/auth/v1/token?grant_type=password', { phone: '+1', password: 'x' }, 422, 'phone_provider_disabled'],
    ['/auth/v1/token?grant_type=refresh_token', {}, 400, 'validation_failed'],
    ['/auth/v1/token?grant_type=magic', {}, 400, 'unsupported_grant_type'],
    ['/auth/v1/token', {}, 400, 'unsupported_grant_type'],
    ['/auth/v1/signup', { email: 'x@x.example', password: 'a good long password' }, 422, 'signup_disabled'],
  ]
  for (const [path, body, status, code] of cases) {
    const answer = await post(path, body)
    assert.equal(answer.status, status, `${path} ${JSON.stringify(body)}`)
    assert.equal(answer.body.code, code)
  }
  assert.equal((await post('/auth/v1/token?grant_type=password', 'x'.repeat(100_000))).status, 413)
  const old = await call('/auth/v1/token?grant_type=password', {
    method: 'POST',
    body: '{}',
    headers: { 'X-Supabase-Api-Version': '' },
  })
  assert.deepEqual(old.body, { code: 400, error_code: 'validation_failed', msg: 'missing email or password' })
})

test('guessing one account is slowed, with the seconds to wait', async () => {
  const email = `guess-${Date.now()}@harbourpay.example`
  let answer
  for (let i = 0; i < 7; ++i) answer = await post('/auth/v1/token?grant_type=password', { email, password: 'x' })
  assert.equal(answer.status, 429)
  assert.equal(answer.body.code, 'over_request_rate_limit')
  assert.ok(Number(answer.headers.get('retry-after')) > 0)
})

test('what is published says nothing secret', async () => {
  assert.equal((await call('/auth/v1/health')).body.name, 'GoTrue')
  const settings = (await call('/auth/v1/settings')).body
  assert.equal(settings.external.email, true)
  assert.equal(settings.disable_signup, true)
  const { keys } = (await call('/auth/v1/.well-known/jwks.json')).body
  assert.equal(keys.length, 1)
  assert.equal(keys[0].alg, 'ES256')
  assert.equal(keys[0].d, undefined)
})

test('a session of a minute ago is still one call away from the database', async () => {
  const { session } = await signedIn('rep.kemar')
  for (let i = 0; i < 6; ++i) {
    assert.equal((await rest(session.access_token)).status, 200)
    await sleep(600) // over the two seconds after which the session is confirmed anew
  }
})
