import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { beforeAll, expect, test, vi } from 'vitest'
import { openProject } from '../../src/main/db/open'
import { maskwright, startMaskwright, type StartedCli } from '../helpers/cli'
import { json, projectMaker, quick, type ProjectMaker } from '../helpers/cliProject'
import { atEndOfTest } from '../helpers/endOfFile'
import { temporaryFolder } from '../helpers/temporaryFolder'
import { TinyDataset } from '../helpers/tinyDataset'
import { toyScenes } from '../helpers/toyScenes'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const slow = [...quick, '--set', 'classifier.longestSide=480'] // slow enough to be caught in the middle
let project: ProjectMaker
let uninterrupted: string[]
beforeAll(async () => {
  project = projectMaker(await toyScenes())
  const folder = await project()
  expect(await maskwright(['run', 'cam', ...slow, '--project', folder])).toMatchObject({ code: 0 })
  uninterrupted = masksOf(folder)
  expect(uninterrupted).toHaveLength(8)
})

/** The label maps of the finished run, by photo: files are named after their bytes. */
function masksOf(folder: string): string[] {
  const project = openProject(folder, { readOnly: true })
  try {
    return project.artifacts.listForStep(1, 'cam-masks', 'labels').map(({ blob }) => blob)
  } finally {
    project.close()
  }
}

test('Ctrl-C at four moments of one run: exit 130 each time, and in the end the masks of an uninterrupted run', async () => {
  const folder = await project()
  let run = ['cam', ...slow]
  for (const moment of ['TensorFlow', '] classifier', '1/8 photos', '] cam-masks']) {
    const started = startMaskwright(['run', ...run, '--project', folder])
    await started.says(moment)
    started.child.kill('SIGINT')
    const { code, out, err } = await started.result
    expect([moment, code, out]).toEqual([moment, 130, ''])
    expect(err).toContain('`maskwright run --resume 1` goes on with it.')
    expect(await json(['runs', '--project', folder])).toMatchObject([{ state: 'cancelled' }])
    run = ['--resume', '1']
  }
  expect(await maskwright(['run', ...run, '--project', folder])).toMatchObject({ code: 0 })
  expect(masksOf(folder)).toEqual(uninterrupted)
})

test('kill −9 in a thread, then in a process of its own: the run waits each time, and is resumed', async () => {
  const folder = await project()
  const inIsolation = (isolation: string) => ({ env: { MASKWRIGHT_COMPUTE_ISOLATION: isolation } })
  for (const [isolation, run, moment] of [
    ['thread', ['cam', ...slow], '1/8 photos'],
    ['process', [], '] cam'],
  ] as const) {
    const started = startMaskwright(['run', ...run, '--project', folder], inIsolation(isolation))
    await started.says(moment)
    started.child.kill('SIGKILL')
    expect(await started.result, isolation).toMatchObject({ code: null })
    expect(await json(['runs', '--project', folder])).toMatchObject([{ state: 'queued' }])
  }
  const resumed = await maskwright(['run', '--project', folder], inIsolation('process'))
  expect(resumed.code, resumed.err).toBe(0)
  expect(masksOf(folder)).toEqual(uninterrupted)
})

test('a full disk: a sentence, and the same run goes on once there is room', async () => {
  const folder = await project()
  mkdirSync(join(folder, 'runs/1'), { recursive: true })
  symlinkSync('/dev/full', join(folder, 'runs/1/log.ndjson'))
  const { code, err } = await maskwright(['run', 'cam', ...quick, '--project', folder])
  expect([code, err]).toEqual([1, expect.stringContaining('The disk is full: free some space')])
  rmSync(join(folder, 'runs/1/log.ndjson'))
  expect((await maskwright(['run', '--resume', '1', '--project', folder])).code).toBe(0)
})

test('a limit on the size of files: exit 1 and a sentence that names it', () => {
  const limited = 'ulimit -f 1; exec "$0" bin/maskwright sample "$1" --photos 24'
  const { status, stderr } = spawnSync('sh', ['-c', limited, process.execPath, join(temporaryFolder(), 'sample')])
  expect([status, stderr.toString()]).toEqual([1, expect.stringContaining('your limit (`ulimit -f`)')])
})

/** Starts a run whose one file of score maps is a pipe, and resolves once it reads from that: nothing ever comes. */
async function startReadingForEver(): Promise<{ readonly folder: string; readonly started: StartedCli }> {
  const folder = await project()
  const { items } = (await json(['review', '--order', 'name', '--project', folder])) as { items: { stem: string }[] }
  const maps = temporaryFolder()
  const pipe = join(maps, `${items[0]!.stem}.npy`)
  execFileSync('mkfifo', [pipe])
  const started = startMaskwright(['run', 'import-cams', '--set', `import.folder=${maps}`, '--project', folder])
  const writer = await open(pipe, 'w') // waits for a reader
  atEndOfTest(() => writer.close())
  return { folder, started }
}

test('a read that nothing answers: one Ctrl-C ends the run, and the program as one that was interrupted', async () => {
  const { folder, started } = await startReadingForEver()
  started.child.kill('SIGINT')
  const { err } = await started.result
  expect([started.child.signalCode, err]).toEqual(['SIGINT', expect.stringContaining('`maskwright run --resume 1`')])
  expect(await json(['runs', '--project', folder])).toMatchObject([{ state: 'cancelled' }])
})

test('a read that nothing answers: a second Ctrl-C ends the program at once, and the run waits', async () => {
  const { folder, started } = await startReadingForEver()
  started.child.kill('SIGINT')
  await setTimeout(500)
  started.child.kill('SIGINT')
  await started.result
  expect(started.child.signalCode).toBe('SIGINT')
  expect(await json(['runs', '--project', folder])).toMatchObject([{ state: 'queued' }])
})

/** One small photo under many names, and a table of their labels. */
async function manyPhotos(count: number): Promise<TinyDataset> {
  const dataset = new TinyDataset()
  const photo = await dataset.photo('images/0.jpg')
  for (let i = 1; i < count; i++) copyFileSync(photo, dataset.path(`images/${i}.jpg`))
  dataset.file('labels.csv', `image,labels\n${Array.from({ length: count }, (_, i) => `${i},cat`).join('\n')}\n`)
  return dataset
}

test('Ctrl-C during an import: exit 130 and nothing of it in the project', async () => {
  const many = await manyPhotos(3000) // two seconds of work on a fast machine
  const folder = join(temporaryFolder(), 'p')
  await maskwright(['new', folder])
  const started = startMaskwright(['import', many.folder, '--format', 'csv', '--project', folder])
  await started.says('/3000 photos')
  started.child.kill('SIGINT')
  expect((await started.result).code).toBe(130)
  expect(await json(['stats', '--project', folder])).toMatchObject({ photos: 0, classes: [] })
})

test('while it runs, others may look and are told who has the project', async () => {
  const folder = await project()
  const started = startMaskwright(['run', 'cam', ...slow, '--project', folder])
  await started.says('1/8 photos')
  expect(await json(['runs', '--project', folder])).toMatchObject([{ state: 'running' }])
  const second = await maskwright(['run', 'cam', '--project', folder])
  expect([second.code, second.err]).toEqual([2, expect.stringContaining(`process ${started.child.pid}`)])
  started.child.kill('SIGINT')
  expect((await started.result).code).toBe(130)
  expect(existsSync(join(folder, 'project.holder.json'))).toBe(false)
})
