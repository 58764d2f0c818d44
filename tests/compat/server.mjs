// The server under test: FLASH_E2E_URL is its address, FLASH_E2E_SIGNINS the file of its demo people.
// The client is the very one that the web app ships.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const { createClient } = createRequire(new URL('../../web/package.json', import.meta.url))('@supabase/supabase-js')

export const url = process.env.FLASH_E2E_URL
if (!url) throw new Error('FLASH_E2E_URL names the server to test; run through ./flash test')
const people = JSON.parse(readFileSync(process.env.FLASH_E2E_SIGNINS, 'utf8'))

const page = await (await fetch(url)).text()
export const key = page.match(/<meta name="flash-key" content="([^"]+)"/)[1]

export function person(start) {
  const found = people.find(({ email }) => email.startsWith(start))
  if (!found) throw new Error(`the demo has nobody whose address starts with ${start}`)
  return found
}

export function client(options = {}) {
  return createClient(url, key, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    ...options,
  })
}

// A client that is signed in, and its session.
export async function signedIn(start) {
  const { email, password } = person(start)
  const supabase = client()
  const { data, error } = await supabase.auth.signInWithPassword({ email, password })
  if (error) throw error
  return { supabase, session: data.session, user: data.user }
}
