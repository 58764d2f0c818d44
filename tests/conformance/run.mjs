// Runs the .http files beside it against a server, and says what differs.
//
//   node run.mjs load CONNINFO                      puts the shop (tests/fixtures/catalog/shop.sql) into a database;
//                                                   start the server after it, with at most 3 rows an answer
//   node run.mjs BASE_URL CONNINFO KEY [FILE...]    asks; KEY is the secret API key
//
// A file is blocks with a line "###" between them:
//
//   # a comment
//   GET /orders?id=eq.1          the path below /rest/v1
//   Prefer: count=exact          headers, then an empty line and the body, where there are any
//   => 206                       the status that must come back
//   Content-Range: 0-0/4         headers that must be so; * for any value
//
//   [{"id": 1}]                  the JSON that must be the body, keys in any order; or one of
//   sql select id from orders    ... the rows of this select
//   sql json select to_json(1)   ... its one value
//   error PGRST205 the message   ... an error with this code and message, and details and hint
//   text a,b                     ... this very text
//   holds Seq Scan               ... a text with this in it
//                                or nothing: an empty body
//
// src/api/rest_pgtest.cpp reads the same files without a server. What a request writes stays: the files
// ask for nothing that would change another answer.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));

const psql = (conninfo, args) =>
  execFileSync('psql', [conninfo, '-qAtX', '-v', 'ON_ERROR_STOP=1', ...args], { encoding: 'utf8' }).trim();

function load(conninfo) {
  psql(conninfo, ['-1', '-f', join(here, '../fixtures/catalog/shop.sql'),
    '-f', join(here, '../fixtures/catalog/more.sql'),
    '-c', 'grant usage on schema public to service_role',
    '-c', 'grant all on all tables in schema public to service_role',
    '-c', 'grant usage on all sequences in schema public to service_role',
    '-c', 'grant execute on all functions in schema public to service_role']);
}

function scenario(text) {
  const out = { method: '', path: '', headers: {}, body: '', status: 0, answerHeaders: {}, expected: '' };
  let part = 'request';
  for (const line of text.split('\n')) {
    const [name, value] = [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)];
    if (part !== 'expected' && line.startsWith('=> ')) {
      out.status = Number(line.slice(3));
      part = 'answer';
    } else if (part === 'request' && out.path === '') {
      if (line === '' || line.startsWith('#')) continue;
      out.method = line.slice(0, line.indexOf(' '));
      out.path = line.slice(line.indexOf(' ') + 1);
    } else if (line === '' && part === 'request') part = 'body';
    else if (line === '' && part === 'answer') part = 'expected';
    else if (part === 'request') out.headers[name] = value;
    else if (part === 'answer') out.answerHeaders[name] = value;
    else if (part === 'body') out.body += `${line}\n`;
    else out.expected += `${line}\n`;
  }
  out.body = out.body.replace(/\n+$/, '');
  out.expected = out.expected.replace(/\n+$/, '');
  return out;
}

function expectedJson(expected, conninfo) {
  if (expected.startsWith('sql json ')) return JSON.parse(psql(conninfo, ['-c', expected.slice(9)]));
  if (!expected.startsWith('sql ')) return JSON.parse(expected);
  return JSON.parse(psql(conninfo, ['-c', `select coalesce(json_agg(r), '[]')::text from (${expected.slice(4)}) r`]));
}

function bodyFault(body, expected, conninfo) {
  if (expected === '') return body === '' ? null : 'the body is not empty';
  if (expected.startsWith('text ')) return body === expected.slice(5) ? null : 'the body differs';
  if (expected.startsWith('holds ')) return body.includes(expected.slice(6)) ? null : 'the body lacks it';
  let json;
  try {
    json = JSON.parse(body);
  } catch {
    return 'the body is not JSON';
  }
  if (expected.startsWith('error ')) {
    const same = `${json.code} ${json.message}` === expected.slice(6) && 'details' in json && 'hint' in json;
    return same ? null : 'another error';
  }
  return isDeepStrictEqual(json, expectedJson(expected, conninfo)) ? null : 'the body differs';
}

async function faults(test, base, conninfo, key) {
  const answer = await fetch(`${base}/rest/v1${test.path}`, {
    method: test.method,
    headers: { apikey: key, ...test.headers },
    body: test.body === '' ? undefined : test.body,
  });
  const body = await answer.text();
  const found = [];
  if (answer.status !== test.status) found.push(`status ${answer.status}, not ${test.status}`);
  for (const [name, value] of Object.entries(test.answerHeaders))
    if (value === '*' ? !answer.headers.has(name) : answer.headers.get(name) !== value) found.push(`${name}: ${answer.headers.get(name)}, not ${value}`);
  const wrong = bodyFault(body, test.expected, conninfo);
  if (wrong !== null) found.push(`${wrong}\n    got  ${body.slice(0, 500)}\n    want ${test.expected.slice(0, 500)}`);
  return found;
}

async function run(base, conninfo, key, chosen) {
  const files = chosen.length > 0 ? chosen : readdirSync(here).filter((name) => name.endsWith('.http')).sort();
  let passed = 0;
  let failed = 0;
  for (const file of files) {
    for (const text of readFileSync(join(here, file), 'utf8').split('\n###\n')) {
      const test = scenario(text);
      const found = await faults(test, base, conninfo, key);
      if (found.length === 0) passed += 1;
      else {
        failed += 1;
        console.error(`${file}: ${test.method} ${test.path}\n  ${found.join('\n  ')}`);
      }
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0;
}

const [first, second, key, ...chosen] = process.argv.slice(2);
if (first === 'load' && second) load(second);
else if (first && second && key) process.exitCode = (await run(first, second, key, chosen)) ? 0 : 1;
else {
  console.error('usage: run.mjs load CONNINFO | run.mjs BASE_URL CONNINFO KEY [FILE...]');
  process.exitCode = 2;
}
