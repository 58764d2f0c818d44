// Every method of the official client's query builder, against tables of the demo, as a manager sees them.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { client, signedIn } from './server.mjs'

const { supabase: db } = await signedIn('manager').catch(() => signedIn('admin'))
const leads = () => db.from('submissions')

async function good(query) {
  const answer = await query
  assert.equal(answer.error, null, JSON.stringify(answer.error))
  return answer
}
async function bad(query, code) {
  const answer = await query
  assert.equal(answer.error?.code, code, JSON.stringify(answer))
  return answer
}

const some = (await good(leads().select('id, created_at, status').order('created_at').limit(5))).data
assert.ok(some.length > 1, 'the demo has leads')
const [first, second] = some

test('comparisons', async () => {
  assert.equal((await good(leads().select('id').eq('id', first.id))).data.length, 1)
  assert.ok((await good(leads().select('id').neq('id', first.id).limit(9))).data.every(({ id }) => id !== first.id))
  assert.ok((await good(leads().select('id').gt('created_at', first.created_at).limit(1))).data.length === 1)
  assert.ok((await good(leads().select('id').gte('created_at', first.created_at).lte('created_at', first.created_at))).data.length >= 1)
  assert.equal((await good(leads().select('id').lt('created_at', first.created_at))).data.length, 0)
})

test('patterns, lists, nulls and sets', async () => {
  await good(leads().select('id').like('status', 'n%').limit(1))
  await good(leads().select('id').ilike('status', 'N%').limit(1))
  await good(leads().select('id').likeAnyOf('status', ['a%', 'n%']).limit(1))
  await good(leads().select('id').likeAllOf('status', ['a%', 'n%']).limit(1))
  await good(leads().select('id').ilikeAnyOf('status', ['A%', 'N%']).limit(1))
  await good(leads().select('id').ilikeAllOf('status', ['A%', 'N%']).limit(1))
  assert.equal((await good(leads().select('id').in('id', [first.id, second.id]))).data.length, 2)
  await good(leads().select('id').is('created_at', null))
  await good(leads().select('id').not('created_at', 'is', null).limit(1))
  await good(leads().select('id').match({ id: first.id, status: first.status }))
  await good(leads().select('id').filter('status', 'in', '("new","won")').limit(1))
  await good(leads().select('id').or(`id.eq.${first.id},and(id.eq.${second.id},status.neq.nothing)`))
})

test('order, limit, range and counts', async () => {
  const page = await good(leads().select('id', { count: 'exact' }).order('created_at', { ascending: false, nullsFirst: false }).range(0, 1))
  assert.equal(page.data.length, 2)
  assert.ok(page.count >= 2)
  const head = await good(leads().select('*', { count: 'exact', head: true }))
  assert.equal(head.data, null)
  assert.equal(head.count, page.count)
  for (const count of ['planned', 'estimated']) assert.ok((await good(leads().select('id', { count }).limit(1))).count >= 0)
})

test('single, maybeSingle, csv, stripNulls, explain', async () => {
  assert.equal((await good(leads().select('id').eq('id', first.id).single())).data.id, first.id)
  await bad(leads().select('id').in('id', [first.id, second.id]).single(), 'PGRST116')
  assert.equal((await good(leads().select('id').eq('id', first.id).maybeSingle())).data.id, first.id)
  const none = '00000000-0000-0000-0000-000000000000'
  assert.equal((await good(leads().select('id').eq('id', none).maybeSingle())).data, null)
  const csv = (await good(leads().select('id,status').eq('id', first.id).csv())).data
  assert.equal(csv, `id,status\n${first.id},${first.status}`)
  await good(leads().select('*').limit(1).stripNulls())
  await bad(leads().select('id').explain(), 'PGRST107')
})

test('errors, throwOnError, abort', async () => {
  await bad(leads().select('no_such_column'), '42703')
  assert.equal((await bad(db.from('no_such_table').select(), 'PGRST205')).status, 404)
  assert.equal((await bad(db.rpc('no_such_function'), 'PGRST202')).status, 404)
  await assert.rejects(async () => leads().select('no_such_column').throwOnError(), { code: '42703' })
  const aborted = await leads().select().abortSignal(AbortSignal.abort())
  assert.notEqual(aborted.error, null)
})

test('a stranger reads nothing', async () => {
  const answer = await client().from('submissions').select('id')
  assert.ok(answer.error !== null || answer.data.length === 0)
})

test('another schema is not there', async () => {
  const answer = await db.schema('auth').from('users').select()
  assert.equal(answer.error.code, 'PGRST106')
  assert.match(answer.error.hint, /public/)
})
