// With a certificate the whole server speaks TLS, and says that it always will.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { request } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'

import { Flashd, sleep } from './flashd.mjs'

const server = await Flashd.make()
after(() => server.remove())

const get = (path) =>
  new Promise((done, fail) =>
    request({ host: '127.0.0.1', port: server.port, path, rejectUnauthorized: false }, (answer) => {
      let body = ''
      answer.on('data', (text) => (body += text)).on('end', () => done({ answer, body }))
    })
      .on('error', fail)
      .end(),
  )

test('a certificate and a key make the server speak TLS', { timeout: 60_000 }, async () => {
  const [cert, key] = [join(server.data, 'cert.pem'), join(server.data, 'key.pem')]
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1',
    '-subj', '/CN=localhost', '-keyout', key, '-out', cert,
  ], { stdio: 'ignore' })
  server.flags = ['--tls-cert', cert, '--tls-key', key]
  // readyz over plain HTTP never answers here, so readiness is asked over TLS.
  server.ready = async () => (await get('/readyz').catch(() => undefined))?.answer.statusCode === 200
  await server.start()
  const { answer, body } = await get('/livez')
  assert.equal(answer.statusCode, 200)
  assert.equal(body, 'ok\n')
  assert.match(answer.headers['strict-transport-security'], /max-age=\d+/)
  const page = await get('/')
  assert.match(page.answer.headers['content-security-policy'], /connect-src 'self' wss:/)
})

test('a plain request to the TLS port gets nothing and the server lives on', { timeout: 20_000 }, async () => {
  const got = await new Promise((done) => {
    let bytes = ''
    connect(server.port, '127.0.0.1', function () {
      this.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n')
    })
      .on('data', (text) => (bytes += text))
      .on('close', () => done(bytes))
      .on('error', () => {})
  })
  assert.ok(!got.includes('HTTP/1.1 200'))
  await sleep(50)
  assert.equal((await get('/livez')).answer.statusCode, 200)
})
