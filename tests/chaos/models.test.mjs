// A manager trains a model from closed leads while everything else goes on; the learner is killed; what serves
// stays true to itself.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { Flashd, sleep } from './flashd.mjs'

const server = await Flashd.make(['--demo'])
after(() => server.remove())

function sql(text) {
  return execFileSync('psql', ['-XAtqc', text, `host=${server.data}/run user=postgres dbname=flash`], { encoding: 'utf8' }).trim()
}

let apikey
const people = {}
async function signIn(start) {
  const all = JSON.parse(readFileSync(join(server.data, 'demo-sign-ins.json'), 'utf8'))
  const { email, password } = all.find((person) => person.email.startsWith(start))
  const answer = await fetch(`${server.url}/auth/v1/token?grant_type=password`, {
    method: 'POST', headers: { apikey, 'Content-Type': 'application/json' }, body: JSON.stringify({ email, password }),
  })
  people[start] = (await answer.json()).access_token
}
async function call(method, path, { as = 'manager', body } = {}) {
  const response = await fetch(server.url + path, {
    method, body: body && JSON.stringify(body),
    headers: { apikey, Authorization: `Bearer ${people[as]}`, ...(body && { 'Content-Type': 'application/json' }) },
  })
  return { status: response.status, body: JSON.parse(await response.text()) }
}
// Closed leads of Jamaica, one an hour: interest and revenue decide, as far as `signal` says.
// With `told`, the form also asks for a budget, which then decides with them.
function closeLeads(count, signal, seed, daysAgo, told = 0) {
  sql(`begin; select set_config('flash.via', 'import', true), setseed(${seed});
    insert into public.submissions (created_at, business_name, owner_name, email, country, business_type, interest_level,
      monthly_revenue_band, status, status_reason, processed_at, lead_score, scored_at, score_band, status_changed_at,
      territory_id, form_data)
    select r.at, 'Shop ' || r.i, 'Owner', 'o${seed}' || r.i || '@shop.example', 'JM',
      (array['retail', 'restaurant', 'other'])[1 + r.i % 3], r.interest,
      (array['0-10k', '10k-50k', '50k-100k'])[r.revenue],
      case when r.won then 'converted' else 'disqualified' end, case when not r.won then 'no_need' end, now(), 50, now(),
      'cool', r.at + make_interval(days => 5 + r.i % 60), flash.home_territory('JM', null),
      case when ${told} > 0 then jsonb_build_object('budget', r.budget) else '{}' end
    from (select i, now() - interval '${daysAgo} days' + make_interval(hours => i) as at, interest, revenue,
        budget,
        random() < 1 / (1 + exp(-${signal} * (interest - 5.5 + 2 * (revenue - 2)) - ${told} * (budget - 5))) as won
      from (select i, 1 + (random() * 9)::int as interest, 1 + (random() * 2)::int as revenue,
          (random() * 10)::int as budget
        from generate_series(1, ${count}) i) q) r; commit`)
}
async function finished(withinMs = 150_000) {
  for (const until = Date.now() + withinMs; Date.now() < until; await sleep(100)) {
    const { body } = await call('GET', '/api/models')
    if (body.run?.finished_at) return body
  }
  throw new Error(`the training did not end:\n${server.log.slice(-2000)}`)
}
const openLead = () => sql(`select id from public.submissions where status = 'new' and country = 'JM'
  and deleted_at is null order by created_at desc limit 1`)
// The processes of a name below this server's; Linux's own list of them.
function processes(name) {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/exe`).endsWith(`/${name}`) &&
        readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[1] === String(server.child.pid)
    } catch {
      return false
    }
  }).map(Number)
}

before(async () => {
  await server.start()
  apikey = /name="flash-key" content="([^"]+)"/.exec(await (await fetch(`${server.url}/`)).text())[1]
  await Promise.all(['manager', 'rep.kemar', 'viewer'].map(signIn))
})

test('without a model, the rules stand alone and nothing is made up', async () => {
  const { status, body } = await call('GET', `/api/leads/${openLead()}/score`)
  assert.equal(status, 200)
  assert.equal(body.stage, 'rule')
  for (const made of ['probability', 'interval80', 'confidence', 'horizons', 'median_days', 'expected_value', 'historical'])
    assert.equal(body[made], null, made)
  assert.match(body.reason, /No learned model/)
  assert.equal((await call('POST', `/api/leads/${openLead()}/what-if`, { body: { features: {} } })).body.code, 'no_model')
})

test('only managers train; leads without signal give a model that is shown and does not serve', async () => {
  for (const as of ['rep.kemar', 'viewer'])
    assert.equal((await call('POST', '/api/models/train', { as })).body.code, 'not_manager')
  assert.equal((await call('GET', '/api/models', { as: 'rep.kemar' })).status, 403)
  assert.equal((await call('POST', '/api/models/train')).status, 202)
  const { models, run } = await finished()
  assert.equal(run.state, 'done')
  assert.equal(models[0].status, 'rejected')
  assert.equal(models[0].code, 'no_signal')
})

test('closed leads with a pattern put a model in force, which scores every open lead', { timeout: 300_000 }, async () => {
  closeLeads(600, 1, 0.4, 400)
  await call('POST', '/api/models/train')
  const { models } = await finished()
  assert.equal(models[0].status, 'champion', models[0].reason)
  assert.equal(models[0].stage, 'stack')
  assert.ok(models[0].report.auc > 0.7)
  const open = `from public.submissions s where s.deleted_at is null and s.status in ('new', 'contacted', 'qualified', 'nurture')`
  let waiting
  for (let i = 0; i < 100 && (waiting = sql(`select count(*) ${open} and not exists (select from public.lead_scores l
    where l.submission_id = s.id)`)) !== '0'; ++i) await sleep(100)
  assert.equal(waiting, '0')
})

test('a score adds up, and its door, the list and what-if say the same', async () => {
  const lead = openLead()
  const { body } = await call('GET', `/api/leads/${lead}/score`)
  const sum = body.factors.reduce((all, { effect_pp }) => all + effect_pp, 0)
  assert.ok(Math.abs(sum - 100 * (body.probability - body.average)) < 1e-3, `${sum}`)
  assert.ok(body.interval80[0] <= body.probability && body.probability <= body.interval80[1])
  assert.ok(Math.abs(body.confidence - (1 - (body.interval80[1] - body.interval80[0]))) < 1e-3)
  assert.equal(body.score, Math.round(100 * body.probability))
  assert.equal(body.n_similar, body.historical.n)
  assert.ok(body.historical.examples.length > 0)
  const listed = await call('GET', `/rest/v1/lead_scores?submission_id=eq.${lead}`)
  assert.ok(Math.abs(listed.body[0].probability - body.probability) < 1e-5)
  for (let i = 0; i < 100; ++i) {
    const interest = 1 + ((7 * i) % 10) // every value, in no order
    const supposed = await call('POST', `/api/leads/${lead}/what-if`, { body: { features: { interest_level: interest } } })
    assert.equal(supposed.status, 200)
    assert.ok(Math.abs(supposed.body.before - body.probability) < 1e-5)
    if (i % 25) continue
    sql(`update public.submissions set interest_level = ${interest} where id = '${lead}'`)
    const edited = await call('GET', `/api/leads/${lead}/score`)
    assert.equal(edited.body.probability, supposed.body.after.probability, 'an edit is answered at once')
    body.probability = edited.body.probability
  }
})

test('what-if refuses what the model does not know; a rep sees only his leads', async () => {
  const path = `/api/leads/${openLead()}/what-if`
  const refused = async (features) => (await call('POST', path, { body: { features } })).body.code
  assert.equal(await refused({ owner_id: 'x' }), 'unknown_feature')
  assert.equal(await refused({ interest_level: 'many' }), 'feature_type')
  const abroad = sql(`select id from public.submissions where country = 'KY' and deleted_at is null limit 1`)
  assert.equal((await call('GET', `/api/leads/${abroad}/score`, { as: 'rep.kemar' })).status, 404)
  const body = (await call('GET', `/api/leads/${openLead()}/score`, { as: 'rep.kemar' })).body
  for (const { id } of body.historical?.examples ?? [])
    assert.equal((await call('GET', `/rest/v1/submissions?id=eq.${id}&select=id`, { as: 'rep.kemar' })).body.length, 1)
})

test('a learner that is killed costs an attempt, not the model in force', { timeout: 300_000 }, async (t) => {
  closeLeads(4_000, 1, 0.7, 180, 1)
  const { models: before } = (await call('GET', '/api/models')).body
  await call('POST', '/api/models/train')
  let pids = []
  for (let i = 0; i < 200 && pids.length === 0; ++i, await sleep(20)) pids = processes('flash-learn')
  assert.equal(pids.length, 1)
  await sleep(300)
  process.kill(pids[0], 'SIGKILL')
  let run
  for (let i = 0; i < 200 && !/signal 9/.test(run?.error ?? ''); ++i, await sleep(20))
    ({ run } = (await call('GET', '/api/models')).body)
  assert.match(run.error, /signal 9/)
  assert.equal(run.finished_at, null)
  assert.equal((await call('GET', `/api/leads/${openLead()}/score`)).body.model_version, before[0].sha256)
  t.diagnostic(`killed after ${run.step}`)
  const ended = await finished()
  assert.equal(ended.run.state, 'done')
  assert.equal(ended.run.attempts, 2)
  assert.equal(ended.models.length, before.length + 1)
})

test('a training can be cancelled, and a model that served can be brought back', { timeout: 300_000 }, async () => {
  const { body: run } = await call('POST', '/api/models/train')
  await sleep(200)
  assert.equal((await call('POST', `/api/models/runs/${run.id}/cancel`)).status, 200)
  const { run: ended, models } = await finished()
  assert.equal(ended.state, 'cancelled')
  assert.equal(models[0].status, 'champion', models[0].reason)
  const old = models.find(({ status }) => status === 'retired')
  const rejected = models.find(({ status }) => status === 'rejected')
  assert.equal((await call('POST', `/api/models/${rejected.id}/promote`)).body.code, 'not_proven')
  assert.equal((await call('POST', `/api/models/${old.id}/promote`)).status, 200)
  for (let i = 0; i < 50; ++i, await sleep(100))
    if ((await call('GET', `/api/leads/${openLead()}/score`)).body.model_version === old.sha256) return
  assert.fail('the old model does not serve')
})
