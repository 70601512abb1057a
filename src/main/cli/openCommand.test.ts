import { expect, test } from 'vitest'
import { openCommand } from './openCommand'

const address = 'http://127.0.0.1:7421/?token=a-b_c'

test.each([
  ['linux', { DISPLAY: ':0' }, ['xdg-open', address]],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open', address]],
  ['linux', { WSL_DISTRO_NAME: 'Debian' }, ['rundll32.exe', 'url.dll,FileProtocolHandler', address]],
  ['darwin', {}, ['open', address]],
  ['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler', address]],
] as const)('on %s with %j the browser is opened by %j', (platform, environment, [program, ...args]) => {
  expect(openCommand(address, platform, environment)).toEqual({ program, args })
})

test('without a screen nothing is started', () => {
  expect(openCommand(address, 'linux', { SSH_CONNECTION: '10.0.0.2 5022' })).toBeUndefined()
  expect(openCommand(address, 'linux', { DISPLAY: '' })).toBeUndefined()
})
