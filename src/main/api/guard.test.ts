import { expect, test } from 'vitest'
import {
  cookieName,
  isFramed,
  isJsonOrEmpty,
  isOwnFetch,
  isOwnHost,
  isOwnOrigin,
  isPlainPath,
  refusalOf,
  tokenIn,
  type DoorRequest,
} from './guard'

const host = '127.0.0.1:7421'
const ours: DoorRequest = {
  method: 'GET',
  target: '/p/3f/runs',
  host,
  origin: null,
  contentType: null,
  fetchSite: 'same-origin',
  fetchMode: 'cors',
  fetchDest: 'empty',
}
const statusOf = (request: Partial<DoorRequest>) => refusalOf({ ...ours, ...request })?.status

test.each(['127.0.0.1:7421', 'localhost:9000', 'LOCALHOST', '[::1]:7421', '127.0.0.1'])(
  'answers under the name %s, whose port `ssh -L` may have changed',
  name => expect(isOwnHost(name)).toBe(true),
)

test.each([
  'evil.example:7421',
  '127.0.0.1.evil.example',
  'localhost.evil.example:7421',
  'evil.example#127.0.0.1',
  'user@127.0.0.1:7421',
  '127.0.0.1:7421, evil.example',
  '127.0.0.1:99999',
  '127.0.0.1:',
  'localhost.',
  '0.0.0.0:7421',
  '127.1',
  '2130706433',
  '',
])('DNS rebinding and header tricks: refuses the host "%s"', name => expect(isOwnHost(name)).toBe(false))

test('header tricks: a request without a host is refused', () => expect(isOwnHost(null)).toBe(false))

test.each([
  'http://evil.example',
  'null',
  'https://127.0.0.1:7421',
  'http://127.0.0.1:7422',
  'http://localhost:7421',
  '',
])('cross-site request: refuses the origin "%s"', origin => expect(isOwnOrigin(origin, host)).toBe(false))

test('our own page may ask, and so may a program that is no browser', () => {
  expect(isOwnOrigin(`http://${host}`, host)).toBe(true)
  expect(isOwnOrigin(null, host)).toBe(true)
  expect(isOwnFetch(null)).toBe(true)
  expect(isOwnFetch('none')).toBe(true)
})

test.each(['cross-site', 'same-site', 'something-new'])('cross-site GET: refuses Sec-Fetch-Site %s', site =>
  expect(isOwnFetch(site)).toBe(false),
)

test.each(['iframe', 'frame', 'embed', 'object', 'fencedframe'])('foreign frame: refuses to be an %s', destination => {
  expect(isFramed(destination)).toBe(true)
  expect(statusOf({ fetchSite: 'same-origin', fetchDest: destination })).toBe(403)
})

test.each([
  '/../etc/passwd',
  '/assets/..%2f..%2fkey',
  '/%2e%2e/x',
  '/a/..',
  '/a\\b',
  '/a%5cb',
  '/%00',
  '/%0d%0aSet-Cookie',
  '/%7f',
  '/%',
  '/%zz',
  '/%c3%28',
  'x',
])('path escape: refuses %s', path => expect(isPlainPath(path)).toBe(false))

test.each(['/', '/p/ab12/seeds/7?layer=run:1/../2', '/assets/a..b.js', '/%C3%A4/%F0%9F%90%88', '/api/a.b,c.d?batch=1'])(
  'an ordinary path passes: %s',
  path => expect(isPlainPath(path)).toBe(true),
)

test.each(['text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'application/jsonp'])(
  'form post: refuses a body of %s',
  type => {
    expect(isJsonOrEmpty(type)).toBe(false)
    expect(statusOf({ method: 'POST', contentType: type })).toBe(415)
  },
)

test('a link on another site opens the page only with a token', () => {
  const link = { fetchSite: 'cross-site', fetchMode: 'navigate', fetchDest: 'document' }
  expect(statusOf({ ...link, target: '/p/3f/runs' })).toBe(403)
  expect(statusOf({ ...link, target: '/p/3f/runs?token=abc' })).toBeUndefined()
  expect(statusOf({ ...link, target: '/x.png?token=abc', fetchMode: 'no-cors', fetchDest: 'image' })).toBe(403)
  expect(statusOf({ ...link, target: '/?token=abc', fetchDest: 'iframe' })).toBe(403)
})

test('methods and addresses have their bounds', () => {
  expect(statusOf({ method: 'TRACE' })).toBe(405)
  expect(statusOf({ method: 'OPTIONS', origin: `http://${host}` })).toBe(405)
  expect(statusOf({ target: `/${'a'.repeat(8_192)}` })).toBe(414)
  expect(statusOf({})).toBeUndefined()
})

test('two servers of one machine have cookies of their own', () => {
  expect(cookieName('127.0.0.1:7421')).toBe('maskwright-7421')
  expect(cookieName('localhost')).toBe('maskwright-80')
  expect(cookieName(null)).toBe('maskwright-80')
})

test('a token is found wherever it stands in the address', () => {
  expect(tokenIn('/p/1?set=a.b%3D2&token=x')).toBe('x')
  expect(tokenIn('/token=x')).toBeUndefined()
})
