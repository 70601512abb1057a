import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { maskwright, startMaskwright } from '../helpers/cli'
import { serveWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'

async function newProject(folder: string): Promise<string> {
  const project = join(folder, 'pets')
  expect((await maskwright(['new', project])).code).toBe(0)
  return project
}

test('a port in use is a sentence, and exit code 2', async () => {
  const folder = temporaryFolder()
  const { origin, stop } = await serveWorkbench({ stateFolder: folder, roots: [folder] })
  const { port } = new URL(origin)
  const { code, err } = await maskwright(['serve', '--port', port], { env: { MASKWRIGHT_STATE: folder } })
  expect(err).toBe(`Port ${port} is in use: choose another with --port, or none for a free one.\n`)
  expect(code).toBe(2)
  await stop()
})

test('a second instance on one project is told where the first one is, and may look', async () => {
  const folder = temporaryFolder()
  const project = await newProject(folder)
  const first = await serveWorkbench({ stateFolder: folder, roots: [folder], project })
  expect(statSync(join(project, 'project.holder.json')).mode & 0o777).toBe(0o600)
  const second = await serveWorkbench({ stateFolder: temporaryFolder(), roots: [folder] })
  const open = async (readOnly: boolean) => {
    const response = await fetch(`${second.origin}/api/projects.open`, {
      method: 'POST',
      headers: { cookie: second.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ folder: project, readOnly }),
    })
    return JSON.stringify(await response.json())
  }
  const refused = await open(false)
  expect(refused).toContain('PROJECT_LOCKED')
  expect(refused).toContain(`process ${first.cli.child.pid} on`)
  expect(refused).toContain(`its window is at ${first.origin}`)
  expect(await open(true)).not.toContain('error')
  expect(await open(false)).toContain('PROJECT_LOCKED') // it stays open to look at
  await second.stop()
  await first.stop()
})

test('Ctrl-C ends it with 0, and nothing is printed that would work again', async () => {
  const folder = temporaryFolder()
  const cli = startMaskwright(['serve', '--port', '0'], { env: { MASKWRIGHT_STATE: folder } })
  await new Promise<void>(resolve => cli.child.stdout!.once('data', () => resolve()))
  cli.child.kill('SIGINT')
  const { code, out } = await cli.result
  expect(code).toBe(0)
  expect(out).toMatch(
    /^Maskwright is open at http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}\nThe address works once\. Ctrl-C stops\.\n$/,
  )
})
