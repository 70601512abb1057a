import { realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page, Request } from 'playwright-core'
import { expect, test } from 'vitest'
import { projectKey } from '../../src/main/host/projectKey'
import type { Task } from '../../src/shared/contract/tasks'
import { openPage, openStrangersPage } from '../helpers/browser'
import { maskwright } from '../helpers/cli'
import { forwardPort } from '../helpers/forwardedPort'
import { seedsProject } from '../helpers/seedsProject'
import { serveWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'

const lost = /connection to Maskwright is lost/

async function newProject(folder: string): Promise<string> {
  const project = join(folder, 'pets')
  expect((await maskwright(['new', project])).code).toBe(0)
  return project
}

test('a printed address lets one browser in, and says how to get another', async () => {
  const folder = temporaryFolder()
  const { address, origin, stop } = await serveWorkbench({ stateFolder: folder, roots: [folder] })
  const [first, second] = [await openStrangersPage(), await openStrangersPage()]
  await first.goto(address)
  await first.getByRole('heading', { name: 'Projects' }).waitFor()
  const [cookie] = await first.context().cookies()
  expect(cookie).toMatchObject({ name: `maskwright-${new URL(origin).port}`, httpOnly: true, sameSite: 'Strict' })
  expect(cookie!.value).not.toBe(new URL(address).searchParams.get('token'))
  const refused = await second.goto(address)
  expect(refused!.status()).toBe(401)
  await second.getByText(/used already.*Press Enter where Maskwright runs/).waitFor()
  await first.goto(address) // a reloaded or bookmarked address of one who is in
  await first.getByRole('heading', { name: 'Projects' }).waitFor()
  await stop()
})

test('a tab that nobody looks at lets go of its stream, and catches up when it is looked at again', async () => {
  const folder = temporaryFolder()
  const project = await newProject(folder)
  const { address, open, stop } = await serveWorkbench({ stateFolder: folder, roots: [folder] })
  const { page, errors } = await openPage()
  await page.clock.install()
  const isStream = (request: Request) => new URL(request.url()).pathname === '/api/events'
  const streams = new Set<Request>()
  page.on('request', request => isStream(request) && streams.add(request))
  page.on('requestfailed', request => streams.delete(request))
  await page.goto(address)
  await page.getByText('From labels to masks you can trust').waitFor()
  await page.getByText('connected', { exact: true }).waitFor()
  expect(streams.size).toBe(1)
  await show(page, false)
  await page.clock.fastForward(61_000)
  await expect.poll(() => streams.size).toBe(0)
  await open(project)
  await show(page, true)
  await page.getByText('pets', { exact: true }).waitFor()
  expect([streams.size, errors]).toEqual([1, []])
  await stop()
})

/** Turns to the tab, or away from it. */
async function show(page: Page, isShown: boolean): Promise<void> {
  await page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, value: ${!isShown} })
    document.dispatchEvent(new Event('visibilitychange'))`)
}

test('a link on another site lets in with its token, and is refused without', async () => {
  const folder = temporaryFolder()
  const { address, origin, stop } = await serveWorkbench({ stateFolder: folder, roots: [folder] })
  const page = await openStrangersPage()
  await page.route('http://elsewhere.example/**', route =>
    route.fulfill({
      contentType: 'text/html',
      body: `<a id="in" href="${address}">in</a> <a id="out" href="${origin}/projects">out</a>
        <iframe src="${origin}/projects"></iframe>`,
    }),
  )
  await page.goto('http://elsewhere.example/')
  await page.click('#in')
  await page.getByRole('heading', { name: 'Projects' }).waitFor()
  await page.goto('http://elsewhere.example/')
  await page.click('#out')
  await page.getByText(/Another site sent you here/).waitFor()
  await stop()
})

test('a server that goes and comes back on its port: the window says so, heals and looks again', async () => {
  const folder = temporaryFolder()
  const project = await newProject(folder)
  const before = await serveWorkbench({ stateFolder: folder, roots: [folder] })
  const { page, errors } = await openPage()
  await page.goto(before.address)
  await page.getByRole('heading', { name: 'Projects' }).waitFor()
  await before.stop()
  await page.getByText(lost).waitFor()
  const requests: string[] = []
  page.on('request', request => requests.push(request.url()))
  const port = Number(new URL(before.origin).port)
  const after = await serveWorkbench({ stateFolder: folder, roots: [folder], port, project })
  await page.getByText(lost).waitFor({ state: 'detached' })
  await expect.poll(() => requests.some(url => url.includes('projects.recent'))).toBe(true)
  expect(
    errors.filter(
      error => !/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|INCOMPLETE_CHUNKED/.test(error),
    ),
  ).toEqual([])
  await after.stop()
})

test('a measurement that a stopped server left half done is begun anew by the next one', async () => {
  const { folder: project } = await seedsProject()
  const stateFolder = temporaryFolder()
  const roots = [realpathSync(tmpdir())]
  const before = await serveWorkbench({ stateFolder, roots, project })
  const { page } = await openPage()
  const begin = /thresholds\.sweep/
  const halfDone: Task = {
    ...{ id: 'half-done', kind: 'sweep', title: 'Sweep', project: projectKey(project), state: 'running' },
    ...{ progress: null, error: null, startedAt: Date.now(), finishedAt: null },
  }
  await page.route(begin, route => route.fulfill({ json: [{ result: { data: halfDone } }] }))
  await page.goto(`${before.origin}/p/${projectKey(project)}/seeds/1?run=1&step=cam&below=lab`)
  await page.getByText(/^Measuring/).waitFor()
  await page.unroute(begin)
  await before.stop()
  await page.getByText(lost).waitFor()
  const after = await serveWorkbench({ stateFolder, roots, project, port: Number(new URL(before.origin).port) })
  await page.getByText('4 photos, 4 with truth').waitFor()
  await after.stop()
})

test('a window whose key is gone says how to come in again', async () => {
  const folder = temporaryFolder()
  const before = await serveWorkbench({ stateFolder: folder, roots: [folder] })
  const { page } = await openPage()
  await page.goto(before.address)
  await page.getByRole('heading', { name: 'Projects' }).waitFor()
  await before.stop()
  const port = Number(new URL(before.origin).port)
  const after = await serveWorkbench({ stateFolder: temporaryFolder(), roots: [folder], port })
  await page.getByText(/no key to Maskwright any more/).waitFor()
  await after.stop()
})

test('two tabs stay in step, also one whose `ssh -L` broke for a while', async () => {
  const folder = temporaryFolder()
  const project = await newProject(folder)
  const { address, origin, cookie, stop } = await serveWorkbench({ stateFolder: folder, roots: [folder] })
  const line = await forwardPort(origin)
  const [near, far] = [await openPage(), await openPage()]
  await far.page.goto(address.replace(origin, line.origin)) // lets it in, once; the near one is in already
  await near.page.goto(address)
  for (const { page } of [near, far]) await page.getByRole('heading', { name: 'Projects' }).waitFor()
  const hears = (page: Page) =>
    page.waitForResponse(
      async response => response.url().includes('projects.recent') && (await response.text()).includes(project),
    )
  line.cut()
  await far.page.getByText(lost).waitFor()
  const [nearHears, farHears] = [hears(near.page), hears(far.page)]
  await fetch(`${origin}/api/projects.open`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ folder: project }),
  })
  await nearHears
  line.mend()
  await farHears
  await far.page.getByText(lost).waitFor({ state: 'detached' })
  line.close()
  await stop()
})
