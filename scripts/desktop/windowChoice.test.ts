import { expect, test } from 'vitest'
import { afterElectron, serveArguments, windowChoice } from './windowChoice.mjs'

const electron = { program: '/checkout/node_modules/electron/dist/electron' }

test('the window is Electron’s where its binary and its natives are here', () => {
  expect(windowChoice(electron, undefined)).toEqual({ kind: 'electron', program: electron.program })
})

test('without Electron it is the browser’s, with one sentence that says how to have the other', () => {
  expect(windowChoice(undefined, undefined)).toEqual({
    kind: 'browser',
    why: 'Electron is not here (`node node_modules/electron/install.js` fetches it): the window opens in your browser.',
  })
  expect(windowChoice(electron, 'No SQLite for Electron.')).toEqual({ kind: 'browser', why: 'No SQLite for Electron.' })
})

test('an Electron that does not start is followed by the browser; one that was closed or interrupted is not', () => {
  expect([0, 130].map(afterElectron)).toEqual([undefined, undefined])
  expect(afterElectron(127)).toBe('Electron ended with 127: the window opens in your browser.')
})

test('a project is passed on, switches of Electron are not', () => {
  expect(serveArguments([])).toEqual(['serve', '--open'])
  expect(serveArguments(['--no-sandbox', 'pets'])).toEqual(['serve', '--open', '--project', 'pets'])
})
