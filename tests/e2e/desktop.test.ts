import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { openProject } from '../../src/main/db/open'
import { projectKey } from '../../src/main/host/projectKey'
import { openStrangersPage } from '../helpers/browser'
import { maskwright } from '../helpers/cli'
import { photoProject } from '../helpers/photoProject'
import { temporaryFolder } from '../helpers/temporaryFolder'

/** The built entry of the desktop program, with a stand-in for Electron that tells what it is asked. */
function startDesktop(state: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const register = resolve('tests/fixtures/electron/register.mjs')
  const child = spawn(process.execPath, ['--import', register, resolve('out/main/electron.js'), ...args], {
    env: { ...process.env, MASKWRIGHT_STATE: state, MASKWRIGHT_CONFIG: '/no/such/file.yaml', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const said: { what: string; value: unknown }[] = []
  createInterface({ input: child.stdout }).on('line', line => said.push(JSON.parse(line) as (typeof said)[number]))
  const hear = (what: string, count = 1) =>
    expect.poll(() => said.filter(each => each.what === what).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(count)
  const values = (what: string) => said.filter(each => each.what === what).map(({ value }) => value)
  const happen = (event: string, value?: string) => child.stdin.write(`${JSON.stringify({ event, value })}\n`)
  const ended = new Promise<number | null>(done => child.once('close', done))
  return { hear, values, happen, ended }
}

test('the desktop’s window is a shut-in page on the same server, and closing it ends the program in order', async () => {
  const state = temporaryFolder()
  const desktop = startDesktop(state)
  await desktop.hear('load')
  expect(desktop.values('path')).toEqual([['userData', join(state, 'window')]])
  expect(desktop.values('window')).toEqual([expect.objectContaining({ sandbox: true, nodeIntegration: false })])
  const [address] = desktop.values('load') as [string]
  const answer = await fetch(address, { redirect: 'manual' })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])

  const { origin } = new URL(address)
  desktop.happen('navigate', 'http://evil.example/')
  desktop.happen('navigate', `${origin}/projects`)
  desktop.happen('open', 'https://arxiv.org/abs/1904.05044')
  for (const permission of ['geolocation', 'media', 'clipboard-read', 'clipboard-sanitized-write', 'notifications'])
    desktop.happen('permission', permission)
  desktop.happen('crash')
  await desktop.hear('reload')
  const given = [['geolocation', false], ['media', false], ['clipboard-read', false], ['clipboard-sanitized-write', true], ['notifications', true]] // prettier-ignore
  expect([desktop.values('requested'), desktop.values('checked')]).toEqual([given, given])
  expect(desktop.values('prevented')).toEqual(['http://evil.example/'])
  expect(desktop.values('opened')).toEqual([{ action: 'deny' }])
  expect(desktop.values('outside')).toEqual(['https://arxiv.org/abs/1904.05044'])

  desktop.happen('close')
  expect(await desktop.ended).toBe(0)
  const kept = JSON.parse(readFileSync(join(state, 'window.json'), 'utf8')) as unknown
  expect(kept).toEqual({ x: 5, y: 6, width: 1100, height: 700, maximized: false })
})

test('a second start shows its project in the first one’s window', async () => {
  const folder = temporaryFolder()
  const project = join(folder, 'pets')
  expect((await maskwright(['new', project])).code).toBe(0)
  const first = startDesktop(join(folder, 'state'))
  await first.hear('load')
  const second = startDesktop(join(folder, 'state'), [], { STAND_IN_SECOND: '1' })
  expect(await second.ended).toBe(0)
  expect(second.values('load')).toEqual([])
  first.happen('second', project)
  await first.hear('load', 2)
  expect(new URL(first.values('load')[1] as string).pathname).toMatch(/^\/p\/[0-9a-f]{10}$/)
  expect(first.values('focus')).toHaveLength(1)
  first.happen('close')
  expect(await first.ended).toBe(0)
})

test('quitting while a run goes on asks, and stays or waits for the checkpoint as it is told', async () => {
  const { folder } = await photoProject(['cat', 'dog'], [{ stem: 'a', present: [0] }, { stem: 'b', present: [1] }]) // prettier-ignore
  const desktop = startDesktop(temporaryFolder(), [folder])
  await desktop.hear('load')
  const [address] = desktop.values('load') as [string]
  const { origin } = new URL(address)
  const headers = { cookie: await cookieOf(address), 'content-type': 'application/json' }
  const options = { epochs: 1000, longestSide: 64 }
  const recipe = { title: 'long', steps: [{ name: 'classifier', method: 'classifier', options }] }
  const body = JSON.stringify({ project: projectKey(folder), recipe, seed: 1 })
  const started = await fetch(`${origin}/api/runs.start`, { method: 'POST', headers, body })
  expect([started.status, await started.text()]).toEqual([200, expect.stringContaining('"run":1')])

  desktop.happen('close')
  await desktop.hear('asked')
  expect(desktop.values('asked')).toEqual([
    {
      message: 'A run is going on.',
      detail: expect.stringContaining(`Run 1 of ${folder}`) as string,
      buttons: ['Wait for the Checkpoint', 'Quit at Once', 'Stay'],
    },
  ])
  desktop.happen('answer', '2')
  expect((await fetch(`${origin}/`, { headers })).status).toBe(200)
  desktop.happen('close')
  await desktop.hear('asked', 2)
  desktop.happen('answer', '0')
  expect(await desktop.ended).toBe(0)
  const project = openProject(folder, { readOnly: true })
  expect(project.runs.get(1).state).toBe('queued') // it goes on at the next start
  project.close()
})

/** Goes in with a printed address. */
async function cookieOf(address: string): Promise<string> {
  const { headers } = await fetch(address, { redirect: 'manual' })
  return headers.get('set-cookie')!.split(';')[0]!
}

test('folders are chosen with the system’s dialog, and shown in its file manager', async () => {
  const folder = temporaryFolder()
  const project = join(folder, 'pets')
  expect((await maskwright(['new', project])).code).toBe(0)
  const desktop = startDesktop(join(folder, 'state'), [], { STAND_IN_FOLDER: project })
  await desktop.hear('load')
  const page = await openStrangersPage()
  const [address] = desktop.values('load') as [string]
  await page.goto(address)
  await page.getByText('Or open a project folder that you have.').click()
  await page.getByRole('button', { name: 'Choose with the system’s dialog' }).click()
  await expect.poll(() => page.getByLabel('Project folder').inputValue()).toBe(project)
  expect(desktop.values('dialog')).toEqual([['Choose a folder', ['openDirectory', 'createDirectory']]])
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.waitForURL(/\/dataset/)
  await page.goto(`${new URL(address).origin}/projects?project=${/\/p\/(\w+)/.exec(page.url())![1]!}`)
  await page.getByRole('button', { name: 'Show in the file manager' }).click()
  await desktop.hear('revealed')
  expect(desktop.values('revealed')).toEqual([project])
  desktop.happen('close')
  expect(await desktop.ended).toBe(0)
})
