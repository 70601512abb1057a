import { expect, test } from 'vitest'
import { openPage } from '../helpers/browser'
import { serveWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'

test('the printed address opens the window on the projects, also from a deep address', async () => {
  const folder = temporaryFolder()
  const { address, origin, stop } = await serveWorkbench({ stateFolder: folder, roots: [folder] })
  const { page, errors } = await openPage()
  await page.goto(address)
  await page.getByRole('heading', { name: 'Projects' }).waitFor()
  expect(new URL(page.url()).search).toBe('')
  await page.goto(`${origin}/p/no/such/place`)
  await page.getByRole('heading', { name: 'Projects' }).waitFor()
  expect(errors).toEqual([])
  await stop()
})
