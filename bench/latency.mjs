// Commit to WebSocket frame: one person changes leads, another listens. The clock is the machine's own on both
// sides: the commit's time stamp (milliseconds) in the frame against the time of its arrival.
// node latency.mjs URL KEY WRITER_TOKEN READER_TOKEN; prints one line of JSON.
const [url, key, writer, reader] = process.argv.slice(2)
const changes = 300
const times = []
const socket = new WebSocket(`${url.replace('http', 'ws')}/realtime/v1/websocket?apikey=${key}&vsn=2.0.0`)
const sleep = (ms) => new Promise((done) => setTimeout(done, ms))
const now = () => performance.timeOrigin + performance.now()
let subscribed
const ready = new Promise((done) => (subscribed = done))

socket.onopen = () =>
  socket.send(
    JSON.stringify(['1', '1', 'realtime:bench', 'phx_join', {
      access_token: reader,
      config: { postgres_changes: [{ event: 'INSERT', schema: 'public', table: 'activities' }] },
    }]),
  )
socket.onmessage = ({ data }) => {
  const at = now()
  const [, , , event, payload] = JSON.parse(data)
  if (event === 'system' && payload.status === 'ok') subscribed()
  if (event === 'postgres_changes') times.push(at - Date.parse(payload.data.commit_timestamp))
}
await ready
const headers = { apikey: key, Authorization: `Bearer ${writer}`, 'Content-Type': 'application/json' }
const leads = await (
  await fetch(`${url}/rest/v1/submissions?select=id&country=eq.JM&limit=1`, { headers })
).json()
for (let i = 0; i < changes; i++) {
  const answer = await fetch(`${url}/rest/v1/activities`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      submission_id: leads[0].id, kind: 'note', body: `bench ${i}`,
    }),
  })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  await sleep(5)
}
for (let i = 0; i < 100 && times.length < changes; i++) await sleep(50)
times.sort((a, b) => a - b)
const quantile = (q) => Number(times[Math.floor(q * (times.length - 1))].toFixed(2))
console.log(JSON.stringify({ p50_ms: quantile(0.5), p99_ms: quantile(0.99), changes: times.length }))
process.exit(times.length === changes ? 0 : 1)
