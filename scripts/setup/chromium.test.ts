import { expect, test } from 'vitest'
import { candidates, distributionOf, waysToInstall } from './chromium.mjs'

test("the machine's own Chromium goes before the one that playwright downloads", () => {
  const paths = candidates({}, '/home/me/.cache/ms-playwright/chromium')
  expect(paths[0]).toBe('/usr/bin/chromium')
  expect(paths.at(-1)).toBe('/home/me/.cache/ms-playwright/chromium')
})

test('one that is named is the only one', () => {
  expect(candidates({ MASKWRIGHT_CHROMIUM: '/opt/chromium' }, '/download')).toEqual(['/opt/chromium'])
  expect(waysToInstall({ named: true, distribution: 'debian', root: true, apt: true })).toEqual([])
})

test("Debian's package is tried where we may, after playwright's download", () => {
  const debian = { named: false, distribution: 'debian', root: true, apt: true }
  expect(waysToInstall(debian)).toEqual(['playwright', 'apt'])
  expect(waysToInstall({ ...debian, root: false })).toEqual(['playwright'])
})

test("Ubuntu's package of that name installs nothing that runs here", () => {
  expect(waysToInstall({ named: false, distribution: 'ubuntu', root: true, apt: true })).toEqual(['playwright'])
})

test('the distribution is read with and without quotes', () => {
  expect(distributionOf('PRETTY_NAME="Debian GNU/Linux 12"\nVERSION_ID="12"\nID=debian\n')).toBe('debian')
  expect(distributionOf('ID="opensuse-leap"\nID_LIKE="suse"\n')).toBe('opensuse-leap')
  expect(distributionOf('')).toBeUndefined()
})
