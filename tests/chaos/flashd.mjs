// Starts a flashd of its own in a throwaway directory, for tests that kill it.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, chmodSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const binary = process.env.FLASH_SERVER
if (!binary) throw new Error('FLASH_SERVER names the flashd to test; run through ./flash test')

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

export async function freePort() {
  return await new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}

export class Flashd {
  constructor(port, data, flags) {
    Object.assign(this, { port, data, flags, url: `http://127.0.0.1:${port}`, log: '' })
  }
  static async make(flags = []) {
    const data = mkdtempSync(join(tmpdir(), 'flash-chaos-'))
    chmodSync(data, 0o755) // PostgreSQL runs as another user when we are root
    return new Flashd(await freePort(), data, flags)
  }
  async start(withinMs = 60_000) {
    this.child = spawn(binary, ['serve', '--data', this.data, '--port', String(this.port), ...this.flags], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...this.environment },
    })
    const child = this.child
    child.ended = new Promise((done) => child.on('exit', done))
    child.stderr.on('data', (text) => (this.log += text))
    return await this.untilReady(withinMs)
  }
  // Running and ready, whatever the test before left behind.
  async ensure(withinMs = 60_000) {
    const running = this.child && this.child.exitCode === null && this.child.signalCode === null
    return await (running ? this.untilReady(withinMs) : this.start(withinMs))
  }
  async untilReady(withinMs) {
    const child = this.child
    for (const until = Date.now() + withinMs; Date.now() < until; await sleep(50)) {
      if (child.exitCode !== null) throw new Error(`flashd ended with ${child.exitCode}:\n${this.log.slice(-3000)}`)
      if (await this.ready()) return this
    }
    throw new Error(`flashd was not ready in time:\n${this.log.slice(-3000)}`)
  }
  async ready() {
    try {
      return (await fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(1000) })).ok
    } catch {
      return false
    }
  }
  // The process id of the private PostgreSQL, from the first line of its postmaster.pid.
  postgresPid() {
    const path = join(this.data, 'pg', 'postmaster.pid')
    return existsSync(path) ? Number(readFileSync(path, 'utf8').split('\n')[0]) || undefined : undefined
  }
  // The lines of its log that tell of `event`, as objects.
  events(event) {
    return this.log
      .split('\n')
      .filter((line) => line.includes(`"${event}"`))
      .map((line) => JSON.parse(line))
  }
  async kill(signal) {
    this.child.kill(signal)
    await this.child.ended
  }
  async remove() {
    if (this.child && this.child.exitCode === null && this.child.signalCode === null) await this.kill('SIGTERM')
    rmSync(this.data, { recursive: true, force: true })
  }
}
