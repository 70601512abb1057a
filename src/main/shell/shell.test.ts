import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { projectInArguments } from './arguments'
import { afterCrash } from './crashes'
import { menuModel } from './menu'
import { mayUse, navigationOf } from './navigation'
import { quitAnswers, quitQuestion } from './quit'
import { windowOptions } from './windowOptions'
import { keepWindowState, placeWindow, readWindowState } from './windowState'

const origin = 'http://127.0.0.1:7421'
const laptop = { x: 0, y: 25, width: 1920, height: 1055 }
const beside = { x: 1920, y: 0, width: 1280, height: 720 }

test.each([
  ['http://127.0.0.1:7421/p/3f/runs', 'here'],
  ['https://arxiv.org/abs/1904.05044', 'browser'],
  ['http://127.0.0.1:7422/', 'refused'],
  ['http://localhost:7421/', 'refused'],
  ['http://evil.example/', 'refused'],
  ['https://person:password@evil.example/', 'refused'],
  ['file:///etc/passwd', 'refused'],
  ['javascript:alert(1)', 'refused'],
  ['data:text/html,x', 'refused'],
  ['smb://server/share', 'refused'],
  ['not an address', 'refused'],
])('drive-by navigation: %s is %s', (address, expected) => expect(navigationOf(address, origin)).toBe(expected))

test('the window’s own page may copy text and tell of finished works; nothing else may be used, by nobody', () => {
  expect(mayUse('clipboard-sanitized-write', `${origin}/p/3f`, origin)).toBe(true)
  expect(mayUse('notifications', origin, origin)).toBe(true)
  expect(mayUse('notifications', 'https://evil.example', origin)).toBe(false)
  expect(mayUse('notifications', '', origin)).toBe(false)
  for (const permission of ['media', 'geolocation', 'clipboard-read', 'openExternal', 'usb', 'fileSystem'])
    expect(mayUse(permission, origin, origin)).toBe(false)
})

test('the page is shut in: no Node, its own world, a sandbox', () => {
  const { webPreferences, show } = windowOptions({ ...laptop, maximized: false }, true)
  expect(webPreferences).toMatchObject({
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    webviewTag: false,
  })
  expect(webPreferences).not.toHaveProperty('preload')
  expect(show).toBe(false)
})

test('the first window stands in the middle of the main screen, and fits a small one', () => {
  expect(placeWindow(undefined, [laptop])).toEqual({ x: 240, y: 102, width: 1440, height: 900, maximized: false })
  expect(placeWindow(undefined, [beside])).toEqual({ ...beside, maximized: false })
})

test('a window opens where it was', () => {
  const kept = { x: 2000, y: 10, width: 1100, height: 700, maximized: true }
  expect(placeWindow(kept, [laptop, beside])).toEqual(kept)
})

test('a window whose screen was taken away comes back to the main one', () => {
  const kept = { x: 2000, y: 10, width: 1100, height: 700, maximized: false }
  expect(placeWindow(kept, [laptop])).toEqual({ x: 410, y: 202, width: 1100, height: 700, maximized: false })
})

test('a window that is larger than its screen or half outside is brought inside', () => {
  expect(placeWindow({ x: -50, y: 900, width: 3000, height: 1200, maximized: false }, [laptop])).toEqual({
    ...laptop,
    maximized: false,
  })
  expect(placeWindow({ x: 1700, y: 300, width: 1100, height: 700, maximized: false }, [laptop]).x).toBe(820)
})

test('a window’s place is kept in a file; a damaged one is no place', () => {
  const file = join(temporaryFolder(), 'state', 'window.json')
  const state = { x: 1, y: 2, width: 1100, height: 700, maximized: false }
  expect(readWindowState(file)).toBeUndefined()
  keepWindowState(file, state)
  expect(readWindowState(file)).toEqual(state)
  writeFileSync(file, '{"x":"far"}')
  expect(readWindowState(file)).toBeUndefined()
})

test('a page that crashes is shown again, but not for ever', () => {
  expect(afterCrash('crashed', [0])).toBe('reload')
  expect(afterCrash('oom', [0, 10_000, 20_000])).toBe('reload')
  expect(afterCrash('crashed', [0, 10_000, 20_000, 30_000])).toBe('giveUp')
  expect(afterCrash('crashed', [0, 100_000, 200_000, 300_000])).toBe('reload')
  expect(afterCrash('clean-exit', [0])).toBe('nothing')
})

test('quitting asks only while a run is going on, and Escape stays', () => {
  expect(quitQuestion([])).toBeUndefined()
  const question = quitQuestion([{ run: 12, folder: '/photos/<b>pets' }])!
  expect(question.detail).toContain('Run 12 of /photos/<b>pets')
  expect(question.buttons).toHaveLength(quitAnswers.length)
  expect(quitAnswers[question.cancelId!]).toBe('stay')
  expect(quitAnswers[question.defaultId!]).toBe('wait')
})

test('the menu leaves Ctrl+Z to the screens and has a way out on each system', () => {
  const goTo = vi.fn()
  for (const platform of ['linux', 'win32', 'darwin'] as const) {
    const model = menuModel(platform, { goTo, openInBrowser: () => undefined })
    const items = model.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
    expect(items.map(({ role }) => role)).not.toContain('undo')
    expect(items.some(({ role }) => role === (platform === 'darwin' ? 'close' : 'quit'))).toBe(true)
    const accelerators = items.flatMap(({ accelerator }) => accelerator ?? [])
    expect(new Set(accelerators).size).toBe(accelerators.length)
  }
})

test('a start names a project by its folder or by its file, among switches', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'pets'))
  writeFileSync(join(folder, 'pets', 'project.sqlite'), '')
  const pets = join(folder, 'pets')
  expect(projectInArguments(['--no-first-run', 'pets'], folder)).toBe(pets)
  expect(projectInArguments([join(pets, 'project.sqlite')], '/')).toBe(pets)
  expect(projectInArguments(['cats', '--inspect'], folder)).toBeUndefined()
  expect(projectInArguments([], folder)).toBeUndefined()
})
