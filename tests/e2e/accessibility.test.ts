import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findingsInBothThemes } from '../helpers/axeFindings'
import { openPage } from '../helpers/browser'
import { mapsProject } from '../helpers/mapsProject'
import { serveWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'

const size = { width: 48, height: 32 }

test('no screen has anything serious for axe, and the light theme no contrast that is too faint', async () => {
  const folder = temporaryFolder()
  const project = await projectFolder()
  const { address, origin, stop } = await serveWorkbench({ stateFolder: folder, roots: [folder], project })
  const { page, errors } = await openPage({ colorScheme: 'dark' })
  await page.goto(address)
  const key = await recentKey(page)
  const ofProject = ['dataset', 'runs/1', 'seeds/1', 'review/1', 'compare', 'export'].map(name => `/p/${key}/${name}`)
  const findings: string[] = []
  const ofNone = ['/projects', '/projects/new', '/projects/open', '/projects/sample', '/engine']
  for (const path of [...ofNone, ...ofProject]) findings.push(...(await examine(page, `${origin}${path}`)))
  for (const tab of ['pairs', 'problems', 'advice'])
    findings.push(...(await examine(page, `${origin}/p/${key}/dataset?tab=${tab}`)))
  await page.goto(`${origin}/p/${key}/seeds/1?below=lab`)
  await page.getByRole('region', { name: 'Classes at the best threshold' }).getByRole('table').waitFor()
  findings.push(...(await findingsInBothThemes(page, 'threshold lab')))
  findings.push(...(await examineDialogs(page)))
  expect(findings).toEqual([])
  expect(errors).toEqual([])
  await stop()
}, 180_000)

/** Two classes, truth and maps for every photo: enough for every screen to show what it has. */
async function projectFolder(): Promise<string> {
  const truth = Uint8Array.from({ length: size.width * size.height }, (_, i) => (i % size.width < 24 ? 1 : 0))
  const scores = Float32Array.from({ length: size.width * size.height }, (_, i) => 1 - (i % size.width) / size.width)
  const photos = ['first', 'second', '<img src=x onerror=alert(1)>'].map(stem => ({
    stem,
    labels: [0],
    truth,
    maps: { ...size, keys: Int32Array.of(0), maps: scores },
  }))
  const { project } = await mapsProject(['cat', '<b>dog</b>'], size, photos)
  const { folder } = project
  project.close()
  return folder
}

async function recentKey(page: Page): Promise<string> {
  const answer = await page.evaluate(async () => (await fetch('/api/projects.recent')).json() as Promise<unknown>)
  const { result } = answer as { result: { data: { key: string }[] } }
  return result.data[0]!.key
}

async function examine(page: Page, address: string): Promise<string[]> {
  await page.goto(address)
  await page.getByRole('main').waitFor()
  await page.waitForTimeout(700) // what is fetched appears
  return findingsInBothThemes(page, address.slice(new URL(address).origin.length))
}

async function examineDialogs(page: Page): Promise<string[]> {
  await page.keyboard.press('Control+KeyK')
  await page.getByRole('dialog').waitFor()
  const palette = await findingsInBothThemes(page, 'palette')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('Shift+Slash')
  await page.getByRole('dialog').waitFor()
  const keys = await findingsInBothThemes(page, 'keys')
  await page.keyboard.press('Escape')
  return [...palette, ...keys]
}
