import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openProject } from '../../src/main/db/open'
import { findingsInBothThemes } from '../helpers/axeFindings'
import { openPage } from '../helpers/browser'
import { serveWorkbench, type ServedWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'
import { TinyDataset } from '../helpers/tinyDataset'
import { tinyProject } from '../helpers/tinyProject'

/** A window on a workbench of its own that may use `roots`. */
async function openWindow(
  roots: readonly string[],
): Promise<ServedWorkbench & { page: Page; errors: readonly string[] }> {
  const served = await serveWorkbench({ stateFolder: temporaryFolder(), roots })
  const { page, errors } = await openPage()
  await page.goto(served.address)
  await page.getByRole('heading', { name: 'Projects' }).waitFor()
  return { ...served, page, errors }
}

const hostile = ['<img src=x onerror=alert(1)>', '../up', 'قطة', '🐈‍⬛', `long ${'x'.repeat(295)}`]

/** Five photos of hostile classes with a table; a photo that is none, one that breaks off, one without a row. */
async function hostileDataset(): Promise<TinyDataset> {
  const dataset = new TinyDataset()
  const rows = ['image,labels']
  for (const [place, name] of hostile.entries()) {
    await dataset.photo(`photos/photo-${place}.jpg`, { shade: place + 1 })
    rows.push(`photo-${place}.jpg,"${name}"`)
  }
  const whole = await dataset.photo('photos/broken.jpg', { shade: 9, width: 400, height: 300 })
  dataset.file('photos/broken.jpg', readFileSync(whole).subarray(0, -2))
  dataset.file('photos/<b>no photo.jpg', 'this is no photo')
  await dataset.photo('photos/nobody.jpg', { shade: 12 })
  rows.push('broken.jpg,قطة', '<b>no photo.jpg,قطة')
  dataset.file('labels.csv', rows.join('\n'))
  return dataset
}

test('a new project is made from a dataset with hostile names, and every file that was left out is told', async () => {
  const dataset = await hostileDataset()
  const home = temporaryFolder()
  const { page, errors, stop } = await openWindow([home, dataset.folder])
  await page.getByText('Start from your photos').click()

  await page.getByLabel('Name of the project').fill('../up')
  await page.getByRole('alert').getByText('a slash parts folders').waitFor()
  expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true)
  await page.getByLabel('Name of the project').fill('<b>animals</b>'.replaceAll('/', ''))
  await page.getByText('Will be made:').waitFor()
  await page.getByRole('button', { name: 'Next' }).click()

  await page.getByRole('textbox', { name: 'Dataset' }).fill(dataset.folder)
  await page.getByText('Looks like Table of labels').waitFor()
  await page.getByRole('button', { name: 'Next' }).click()
  for (const name of hostile) await page.getByRole('checkbox', { name: `Take the class ${name}` }).waitFor()

  await page.getByRole('checkbox', { name: 'Take the class ../up' }).click()
  await page.getByText('1 photo shows none of the chosen classes').waitFor()
  await page.reload()
  await page.getByText('1 photo shows none of the chosen classes').waitFor()
  expect(existsSync(join(home, '<b>animals<b>'))).toBe(false)

  await page.getByRole('button', { name: /^Import 7 photos/ }).click()
  await page.getByRole('link', { name: 'Go to the dataset' }).waitFor()
  const left = page.getByRole('table', { name: 'Left out' })
  await left.getByText('it has no row in').waitFor()
  await left.getByText('breaks off before its picture ends').waitFor()
  expect(await left.getByRole('row').count()).toBe(1 + 3)
  await page.getByLabel('Filter by file or reason').fill('no photo')
  await left.getByRole('cell', { name: /<b>no photo.jpg cannot be read as a photo/ }).waitFor()

  const address = page.url()
  await page.getByRole('link', { name: 'Go to the dataset' }).click()
  await page.waitForURL(/\/dataset/)
  await page.goto(address) // it holds what the list was filtered by
  await left.getByRole('cell', { name: /<b>no photo.jpg cannot be read as a photo/ }).waitFor()
  expect(await left.getByRole('row').count()).toBe(1 + 1)
  await page.getByLabel('Filter by file or reason').fill('')
  await left.getByText('it has no row in').waitFor()
  const list = await page.getByRole('link', { name: 'Download as CSV' }).getAttribute('href')
  const csv = await (await page.request.get(new URL(list!, address).href)).text()
  expect(csv.split('\r\n')[0]).toContain('missing,file,reason')
  expect(csv.trim().split('\r\n')).toHaveLength(1 + 3)
  expect(errors.filter(error => !error.startsWith('Failed to load resource'))).toEqual([])
  await stop()

  const project = openProject(join(home, '<b>animals<b>'), { readOnly: true })
  expect(project.classes.names()).toEqual(hostile.filter(name => name !== '../up').sort((a, b) => (a < b ? -1 : 1)))
  expect(project.images.count()).toBe(5)
  project.close()
})

test('an import that cannot begin says why and keeps what was typed', async () => {
  const dataset = new TinyDataset()
  await dataset.photo('photos/a.jpg')
  dataset.file('labels.csv', 'image,labels\nb.jpg,cat')
  const { page, stop } = await openWindow([dataset.folder])
  const path = encodeURIComponent(dataset.folder)
  const origin = new URL(page.url()).origin
  await page.goto(`${origin}/projects/new?step=mapping&parent=${path}&name=p&path=${path}&format=csv`)
  await page.getByText('0 photos').or(page.getByText('there is no photo called b.jpg')).first().waitFor()
  expect(await page.getByRole('button', { name: /^Import/ }).isDisabled()).toBe(true)
  await page.getByText('Where things lie').click()
  await page.getByLabel('Photos (folder)').fill('/etc')
  await page.getByLabel('Photos (folder)').blur()
  await page.getByRole('alert').getByText('outside the folders that this window may use').waitFor()
  expect(await page.getByLabel('Photos (folder)').inputValue()).toBe('/etc')
  await expect.poll(() => new URL(page.url()).searchParams.get('images')).toBe('/etc')
  expect(await findingsInBothThemes(page, 'what an import takes')).toEqual([])
  await stop()
})

test('an import that did not begin goes on at the next press, in the project that was made for it', async () => {
  const home = temporaryFolder()
  const dataset = new TinyDataset()
  await dataset.photo('photos/a.jpg')
  dataset.file('labels.csv', 'image,labels\na.jpg,cat')
  const { page, origin, stop } = await openWindow([home, dataset.folder])
  const [parent, path] = [home, dataset.folder].map(encodeURIComponent)
  await page.goto(`${origin}/projects/new?step=mapping&parent=${parent}&name=p&path=${path}&format=csv`)
  const begin = /imports\.start/
  await page.route(begin, route => route.abort())
  await page.getByRole('button', { name: /^Import 1 photo/ }).click()
  await page.getByRole('alert').getByText('Maskwright does not answer').waitFor()
  await page.unroute(begin)
  await page.getByRole('button', { name: /^Import 1 photo/ }).click()
  await page.getByRole('link', { name: 'Go to the dataset' }).waitFor()
  await stop()
})

test('a project that is open elsewhere names its holder, can be looked at, and is edited once it is free', async () => {
  const held = tinyProject()
  const { page, stop } = await openWindow([join(held.folder, '..')])
  await page.getByRole('link', { name: 'Open a project', exact: true }).click()
  await page.getByLabel('Project folder').fill(held.folder)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('alert').getByText(`open in process ${process.pid}`).waitFor()
  await page.getByRole('button', { name: 'Open read-only' }).click()
  await page.waitForURL(/\/dataset/)

  await page.goto(`${new URL(page.url()).origin}/projects`)
  await page.getByTitle(`Open in process ${process.pid}`).waitFor()
  await page.getByRole('button', { name: /^The chosen project/ }).click()
  held.close()
  await page.getByRole('button', { name: 'Open for editing' }).click()
  await page.waitForURL(/\/dataset/)
  expect(existsSync(join(held.folder, 'project.holder.json'))).toBe(true)
  await stop()
  expect(existsSync(join(held.folder, 'project.holder.json'))).toBe(false)
})

test('a project that was closed stays closed: nothing in the frame asks for it any more', async () => {
  const { folder, close } = tinyProject()
  close()
  const { page, open, origin, stop } = await openWindow([join(folder, '..')])
  await page.goto(`${await open(folder)}/dataset`)
  await page.getByRole('status', { name: 'Photos shown' }).waitFor()
  const rail = page.getByRole('navigation', { name: 'Screens' })
  await rail.getByRole('link', { name: 'Projects' }).click()
  await page.getByRole('button', { name: /^The chosen project/ }).click()
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await rail.getByRole('link', { name: 'Dataset' }).waitFor({ state: 'detached' })
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /Class, photo/ }).fill('project')
  await page.getByRole('option').first().waitFor()
  const answer = await page.request.get(`${origin}/api/projects.recent`)
  expect(await answer.json()).toMatchObject({ result: { data: [{ folder, open: false }] } })
  await stop()
})

test('a project whose folder was moved is found again in the place of the lost one', async () => {
  const project = tinyProject()
  project.close()
  const { page, stop } = await openWindow([join(project.folder, '..')])
  const { origin } = new URL(page.url())
  await page.goto(`${origin}/projects/open`)
  await page.getByLabel('Project folder').fill(project.folder)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.waitForURL(/\/dataset/)
  const key = /\/p\/(\w+)/.exec(page.url())![1]!
  await page.goto(`${origin}/projects?project=${key}`)
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await page.getByRole('button', { name: 'Open read-only' }).waitFor()

  const moved = join(project.folder, '../moved')
  renameSync(project.folder, moved)
  await page.reload()
  await page.getByRole('link', { name: 'Find it again' }).click()
  await page.getByText(`It was at ${project.folder}.`).waitFor()
  await page.getByLabel('Project folder').fill(moved)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.waitForURL(/\/dataset/)
  await page.goto(`${origin}/projects`)
  await page.getByRole('link', { name: /moved/ }).first().waitFor()
  expect(await page.getByText('gone', { exact: true }).count()).toBe(0)
  await stop()
})

test('a project whose folder vanished says so, and can be taken from the list', async () => {
  const project = tinyProject()
  project.close()
  const { page, stop } = await openWindow([join(project.folder, '..')])
  const { origin } = new URL(page.url())
  await page.goto(`${origin}/projects/open`)
  await page.getByLabel('Project folder').fill(project.folder)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.waitForURL(/\/dataset/)
  const address = page.url()
  await page.goto(`${origin}/projects?project=${/\/p\/(\w+)/.exec(address)![1]!}`)
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await page.getByRole('button', { name: 'Open read-only' }).waitFor()

  rmSync(project.folder, { recursive: true })
  await page.goto(address)
  await page.getByText(`There is no folder ${project.folder}`).waitFor()
  await page.getByRole('link', { name: 'Projects' }).last().click()
  await page.getByText('gone', { exact: true }).first().waitFor()
  await page.getByRole('button', { name: 'Remove from this list' }).click()
  await page.getByText('From labels to masks you can trust').waitFor()
  await stop()
})

test('a backup is made and restored in the window, and the state before is kept', async () => {
  const project = tinyProject()
  project.settings.set('colour', 'grey')
  project.backUp()
  project.settings.set('colour', 'green')
  project.close()
  const { page, stop } = await openWindow([join(project.folder, '..')])
  const { origin } = new URL(page.url())
  await page.goto(`${origin}/projects/open`)
  await page.getByLabel('Project folder').fill(project.folder)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.waitForURL(/\/dataset/)
  await page.goto(`${origin}/projects`)
  await page.getByRole('button', { name: /^The chosen project/ }).click()
  await page.getByText('by hand').waitFor()
  await page.getByText('daily').waitFor()
  await page
    .getByRole('button', { name: /^Restore:/ })
    .last()
    .click()
  await page.getByText('Restore this backup?').waitFor()
  await page.getByRole('button', { name: 'Restore', exact: true }).click()
  await page.getByText('before a restore').waitFor()
  await stop()
  const restored = openProject(project.folder)
  expect(restored.settings.get('colour')).toBe('grey')
  restored.close()
})

test('folders are found and made by keyboard alone', async () => {
  const home = temporaryFolder()
  for (const name of ['alpha/inner', 'beta', 'gamma']) mkdirSync(join(home, name), { recursive: true })
  writeFileSync(join(home, 'a file'), '')
  const { page, errors, stop } = await openWindow([home])
  await page.goto(`${new URL(page.url()).origin}/projects/new`)
  const list = page.getByRole('listbox', { name: 'Folders and files' })
  await list.getByRole('option', { name: 'gamma' }).waitFor()
  await list.focus()
  await page.keyboard.press('g')
  await expectPath(page, join(home, 'gamma'))
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await list.getByRole('option', { name: 'inner' }).waitFor()
  await expectPath(page, join(home, 'alpha'))
  await list.focus()
  await page.keyboard.press('Backspace')
  await list.getByRole('option', { name: 'beta' }).waitFor()

  await page.getByRole('button', { name: 'New folder' }).click()
  await page.getByLabel('Name of the new folder').fill('beta')
  await page.keyboard.press('Enter')
  await page.getByText('There is a "beta" in').waitFor()
  await page.getByLabel('Name of the new folder').fill('delta')
  await page.keyboard.press('Enter')
  await expectPath(page, join(home, 'delta'))
  expect(existsSync(join(home, 'delta'))).toBe(true)
  expect(errors.filter(error => !error.startsWith('Failed to load resource'))).toEqual([])
  await stop()
})

async function expectPath(page: Page, path: string): Promise<void> {
  await expect.poll(() => page.getByLabel('In the folder').inputValue(), { timeout: 20_000 }).toBe(path)
}
