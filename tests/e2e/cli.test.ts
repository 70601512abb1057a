import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { decode } from 'fast-png'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { maskwright } from '../helpers/cli'
import { json, projectMaker, quick, type ProjectMaker } from '../helpers/cliProject'
import { temporaryFolder } from '../helpers/temporaryFolder'
import { toyScenes } from '../helpers/toyScenes'

let scenes: string
let project: ProjectMaker
beforeAll(async () => {
  scenes = await toyScenes()
  project = projectMaker(scenes)
})

test('--version says what is installed', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }
  expect(await maskwright(['--version'])).toMatchObject({ code: 0, out: `Maskwright ${version}\n` })
})

describe('the main job', () => {
  let folder: string
  beforeAll(async () => {
    folder = await project()
    expect(await maskwright(['run', 'lpcam', ...quick, '--project', folder])).toMatchObject({ code: 0 })
  })

  test('stats counts what was imported', async () => {
    expect(await json(['stats', '--project', folder])).toMatchObject({
      photos: 8,
      labels: 8,
      masks: 8,
      classes: [
        { name: 'red', photos: 4 },
        { name: 'blue', photos: 4 },
      ],
    })
  })

  test('runs names the engine, the seed and what each step made', async () => {
    const [run] = (await json(['runs', '--project', folder])) as [Record<string, unknown>]
    expect(run).toMatchObject({ id: 1, name: 'LPCAM', state: 'done', seed: 666, error: null })
    expect(run['engine']).toMatchObject({
      version: expect.stringMatching(/^2\./),
      device: expect.stringContaining('PU:0'),
    })
    expect((run['steps'] as { name: string; state: string }[]).map(step => [step.name, step.state])).toEqual(
      ['classifier', 'cam', 'lpcam', 'cam-masks', 'lpcam-masks'].map(name => [name, 'done']),
    )
  })

  test('evaluate measures every step with masks, and says how each figure came to be', async () => {
    const evaluations = (await json(['evaluate', '--project', folder])) as Record<string, unknown>[]
    expect(evaluations.map(({ step }) => step)).toEqual(['cam-masks', 'lpcam-masks'])
    const [cam] = evaluations
    expect(cam).toMatchObject({ run: 1, seed: 666, images: 8, withoutMask: [], withoutTruth: 0 })
    expect(cam!['datasetHash']).toMatch(/^[0-9a-f]{64}$/)
    expect(cam!['settings']).toHaveProperty('classifier.backbone', 'efficientnet-lite0')
    expect(cam!['summary']).toMatchObject({ chosenOn: 'truth', chosenOnPhotos: 8 })
    const pixels = (cam!['confusion'] as number[]).reduce((sum, count) => sum + count, 0)
    expect(pixels).toBe(8 * 96 * 72)
  })

  test('a sweep at the chosen threshold gives what evaluate measured', async () => {
    const { step, scores, summary } = (await json(['evaluate', '--step', 'lpcam', '--project', folder])) as {
      step: string
      scores: { meanIou: { value: number } }
      summary: { threshold: number }
    }
    expect(step).toBe('lpcam-masks')
    const sweep = (await json(['sweep', '--step', 'lpcam', '--project', folder])) as {
      curve: { threshold: number; meanIou: number }[]
      best: { threshold: number; meanIou: number }
    }
    expect(sweep.curve).toHaveLength(101)
    expect(sweep.best).toMatchObject({ threshold: summary.threshold })
    expect(sweep.best.meanIou).toBeCloseTo(scores.meanIou.value, 12)
  })

  test('export writes VOC masks of the seed step that is named, with their names', async () => {
    const out = join(temporaryFolder(), 'out')
    const args = ['export', '--format', 'voc', '--step', 'lpcam', '--out', out, '--project', folder]
    expect(await json(args)).toMatchObject({ origin: { run: { step: 'lpcam-masks' }, photos: 8, missing: [] } })
    expect(readFileSync(join(out, 'labels.txt'), 'utf8')).toBe('background\nred\nblue\n')
    const { width, height, palette } = decode(readFileSync(join(out, 'SegmentationClass/scene-0.png')))
    expect([width, height, palette?.[1]]).toEqual([96, 72, [128, 0, 0]])
  })

  test('export writes score maps as dictionaries, and sheet a picture', async () => {
    const out = temporaryFolder()
    const cams = ['export', '--format', 'cams', '--step', 'cam', '--out', join(out, 'cams'), '--project', folder]
    expect(await json(cams)).toMatchObject({ origin: { run: { step: 'cam' } }, files: 8 })
    expect(readdirSync(join(out, 'cams'))).toContain('scene-0.npy')
    const sheet = await json(['sheet', '--count', '2', '--out', join(out, 's.png'), '--project', folder])
    expect(sheet).toMatchObject({ columns: ['photo', 'cam', 'lpcam', 'cam-masks', 'lpcam-masks', 'truth'] })
    expect(decode(readFileSync(join(out, 's.png'))).width).toBeGreaterThan(6 * 240)
  })

  test('report writes one page, with figures of every step with masks and pictures', async () => {
    const file = join(temporaryFolder(), 'run.html')
    expect(await json(['report', '1', '--photos', '2', '--out', file, '--project', folder])).toMatchObject({
      file,
      run: 1,
    })
    const page = readFileSync(file, 'utf8')
    expect([...page.matchAll(/<b>[\d.]+ %<\/b>mIoU of ([a-z-]+)/g)].map(([, step]) => step)).toEqual([
      'cam-masks',
      'lpcam-masks',
    ])
    expect(page.match(/<img src="data:image\/jpeg;base64,/g)).toHaveLength(2)
    expect(page).toContain('classifier: loss')
  })

  test('exported score maps come back as a seed that measures the same', async () => {
    const cams = join(temporaryFolder(), 'cams')
    await json(['export', '--format', 'cams', '--step', 'cam', '--out', cams, '--project', folder])
    const run = ['run', 'import-cams', '--fresh', '--set', `import.folder=${cams}`, '--project', folder]
    expect(await json(run)).toMatchObject({ id: 2, name: 'Imported CAMs', state: 'done' })
    const ours = await json(['evaluate', '--run', '1', '--step', 'cam', '--project', folder])
    const theirs = await json(['evaluate', '--run', '2', '--step', 'import', '--project', folder])
    expect(theirs).toMatchObject({ confusion: (ours as { confusion: number[] }).confusion })
  })

  test('the feature cache shows its size and is cleared', async () => {
    const { bytes } = (await json(['cache', '--project', folder])) as { bytes: number }
    expect(bytes).toBeGreaterThan(0)
    expect(await json(['cache', 'clear', '--project', folder])).toEqual({ freed: bytes })
    expect(await json(['cache', '--project', folder])).toMatchObject({ bytes: 0 })
  })

  test('a run with another threshold takes over all that is before it, and says so', async () => {
    const run = ['run', 'lpcam', ...quick, '--set', 'lpcam-masks.threshold=0.4', '--project', folder]
    const { code, err } = await maskwright(run)
    expect(code, err).toBe(0)
    expect(err).toContain('[1/5] classifier: taken over from run 1')
    expect(err).toMatch(/\[5\/5\] lpcam-masks: done in/)
    expect((await maskwright(['runs', '--project', folder])).out).toContain(
      'classifier of run 1 → cam of run 1 → lpcam of run 1 → cam-masks of run 1 → lpcam-masks',
    )
    expect(await json(['runs', '--project', folder])).toMatchObject([
      {
        id: 3,
        fresh: false,
        steps: [{ takenOverFrom: { run: 1, step: 'classifier' } }, {}, {}, {}, { takenOverFrom: null }],
      },
      { id: 2, fresh: true },
      { id: 1, fresh: false },
    ])
  })

  test('without --json a table stands on standard output, and progress on standard error', async () => {
    const { out, err } = await maskwright(['evaluate', '--run', '1', '--step', 'cam', '--project', folder])
    expect(out).toMatch(/^class +IoU +boundary +precision +recall +FP +FN$/m)
    expect(out).toContain('chosen on the ground truth of the photos it is reported on')
    expect(err).toContain('8/8 photos')
  })
})

describe('bad input ends with 2 and a sentence', () => {
  let folder: string
  beforeAll(async () => {
    folder = await project()
  })

  test.each([
    [['run', 'lpcma'], 'There is no recipe "lpcma", neither a file nor a shipped one: did you mean "lpcam"?'],
    [['run', 'lpcam', '--set', 'lpcam.tua=1'], 'lpcam has no option "tua": did you mean "tau"?'],
    [['run', 'lpcam', '--set', 'lpcam.tau=3'], 'lpcam.tau must be ≤ 1, got 3.'],
    [['run', 'lpcam', '--set', 'lpacm.tau=1'], 'the recipe has no step "lpacm": did you mean "lpcam"?'],
    [['run', 'lpcam', '--set', 'tau'], '--set takes step.option=value'],
    [['run', 'lpcam', '--seed', 'x'], '--seed must be a number, got "x".'],
    [['run', 'lpcam', '--split', 'val'], 'This project has no split "val"'],
    [['run'], 'No run waits: name a recipe'],
    [['import', '/no/such/photos'], 'There is no file or folder /no/such/photos: say where the dataset is.'],
    [['import', 'a', 'b'], 'Expected 1 argument but got 2; `--help` lists what there is.'],
    [['run', '--resume', '9'], 'There is no run 9 in this project'],
    [['evaluate'], 'This project has no finished run'],
    [['evaluate', '--run', '9'], 'There is no run 9 in this project'],
    [['export', '--format', 'vco', '--out', 'x'], 'There is no export format "vco": did you mean "voc"?'],
    [['sheet', '--out', 'x.gif'], '--out must end in .png or .jpg, got "x.gif".'],
    [['report', '--out', 'x.pdf'], '--out must end in .html, got "x.pdf".'],
    [['cache', 'clean'], 'cache takes "clear" or nothing, got "clean".'],
    [['rnu'], "Unknown command 'rnu' (Did you mean run?)"],
    [['run', 'cam', '--sed', '1'], "Unknown option '--sed' (Did you mean one of --seed, --set?)"],
  ])('maskwright %j', async (args, sentence) => {
    const options = args[0] === 'rnu' ? [] : ['--project', folder]
    const { code, out, err } = await maskwright([...args, ...options])
    expect(err).toContain(sentence)
    expect(err).not.toContain('    at ')
    expect([code, out]).toEqual([2, ''])
  })

  test.each([
    [
      'an unknown method',
      'steps: [{ method: clasifier }]',
      'There is no method "clasifier": did you mean "classifier"?',
    ],
    ['a chain with a gap', 'steps: [{ method: classifier }, { method: threshold }]', 'threshold needs scores'],
    ['no YAML', 'steps: [', 'is not YAML'],
    ['no recipe', 'step: []', 'The recipe cannot be used'],
  ])('a recipe file with %s', async (_case, steps, sentence) => {
    const recipe = join(temporaryFolder(), 'mine.yaml')
    writeFileSync(recipe, `title: Mine\n${steps}\n`)
    const { code, err } = await maskwright(['run', recipe, '--project', folder])
    expect(err).toContain(sentence)
    expect(code).toBe(2)
  })

  test('nothing of all that is left in the project', async () => {
    expect(await json(['runs', '--project', folder])).toEqual([])
  })

  test.each([
    [['evaluate'], 'NOT_FOUND'],
    [['evaluate', '--rnu', '1'], 'USAGE'],
  ])('with --json an error is a document too: %j', async (args, code) => {
    const ended = await maskwright([...args, '--json', '--project', folder])
    expect(ended.code).toBe(2)
    expect(JSON.parse(ended.out)).toMatchObject({ error: { code } })
  })

  test('a setting that does not exist', async () => {
    const env = { MASKWRIGHT_ENGINE_DEVISE: 'cpu' }
    const { code, err } = await maskwright(['run', 'cam', '--project', folder], { env })
    expect([code, err]).toEqual([2, expect.stringContaining('did you mean "MASKWRIGHT_ENGINE_DEVICE"?')])
  })
})

describe('photos that cannot be worked on', () => {
  test('a folder that is no project', async () => {
    const { code, err } = await maskwright(['stats'], { cwd: temporaryFolder() })
    expect([code, err]).toEqual([2, expect.stringContaining('is not a Maskwright project')])
  })

  test('a project of a later version is shown and not touched', async () => {
    const folder = await project()
    const database = new BetterSqlite3(join(folder, 'project.sqlite'))
    database.pragma('user_version = 99')
    database.close()
    const run = await maskwright(['run', 'cam', '--project', folder])
    expect([run.code, run.err]).toEqual([2, expect.stringContaining('was made by a later Maskwright')])
    expect(await json(['stats', '--project', folder])).toMatchObject({ photos: 8 })
  })

  test('a photo of more than 30,000 pixels a side is listed, and the others are imported', async () => {
    const own = await toyScenes(2)
    const panorama = { create: { width: 30_001, height: 1, channels: 3, background: 'grey' } } as const
    await sharp(panorama).png().toFile(join(own, 'photos/panorama.png'))
    appendFileSync(join(own, 'labels.csv'), 'panorama,red\n')
    const folder = join(temporaryFolder(), 'p')
    await maskwright(['new', folder])
    const args = ['import', join(own, 'photos'), '--format', 'csv', '--labels', join(own, 'labels.csv')]
    expect(await json([...args, '--project', folder])).toMatchObject({
      imported: 2,
      skipped: [{ what: 'photo', file: join(own, 'photos/panorama.png'), reason: expect.stringContaining('30') }],
    })
  })

  test('a project without photos, and one without labels', async () => {
    const folder = join(temporaryFolder(), 'p')
    await maskwright(['new', folder])
    const empty = await maskwright(['run', 'cam', '--project', folder])
    expect([empty.code, empty.err]).toEqual([2, expect.stringContaining('has no photos')])
    const unlabelled = join(temporaryFolder(), 'labels.csv')
    writeFileSync(unlabelled, 'image,red,blue\nscene-0,0,0\nscene-1,0,0\n')
    const args = ['import', join(scenes, 'photos'), '--format', 'csv', '--labels', unlabelled, '--project', folder]
    expect((await maskwright(args)).code).toBe(0)
    const { code, err } = await maskwright(['run', 'cam', '--project', folder])
    expect([code, err]).toEqual([2, expect.stringContaining('photos and no label')])
  })

  test('fewer photos than a batch', async () => {
    const all = ['--set', 'classifier.train=all', '--set', 'classifier.batch=64']
    const { code, err } = await maskwright(['run', 'cam', ...all, '--project', await project()])
    expect([code, err]).toEqual([2, expect.stringContaining('8 photos are fewer than a batch of 64')])
  })

  test('weights that do not fit', async () => {
    const weights = join(temporaryFolder(), 'weights.pth')
    writeFileSync(weights, 'no weights')
    const folder = await project()
    const { code, err } = await maskwright([
      'run',
      'cam',
      '--set',
      `classifier.weights=${weights}`,
      '--project',
      folder,
    ])
    expect([code, err]).toEqual([2, expect.stringContaining('Cannot read weights.pth')])
    expect(await json(['runs', '--project', folder])).toMatchObject([{ state: 'failed' }])
  })

  test('a class without photos is said, and the run goes on', async () => {
    const labels = join(temporaryFolder(), 'labels.csv')
    const lines = readFileSync(join(scenes, 'labels.csv'), 'utf8').split('\n').slice(1, 9)
    const wide = lines.map(line => `${line.split(',')[0]},${line.endsWith('red') ? '1,0' : '0,1'},0`)
    writeFileSync(labels, ['image,red,blue,green', ...wide].join('\n'))
    const folder = join(temporaryFolder(), 'p')
    await maskwright(['new', folder])
    const args = ['import', join(scenes, 'photos'), '--format', 'csv', '--labels', labels, '--project', folder]
    expect((await maskwright(args)).code).toBe(0)
    const { code, err } = await maskwright(['run', 'cam', ...quick, '--project', folder])
    expect([code, err]).toEqual([0, expect.stringContaining('No photo shows "green"')])
  })

  test('a photo deleted and one changed since the import are named; masks are made for the others', async () => {
    const own = await toyScenes(6)
    const folder = join(temporaryFolder(), 'p')
    await maskwright(['new', folder])
    const labels = ['--labels', join(own, 'labels.csv'), '--masks', join(own, 'masks')]
    await maskwright(['import', join(own, 'photos'), '--format', 'csv', ...labels, '--project', folder])
    rmSync(join(own, 'photos/scene-1.jpg'))
    writeFileSync(join(own, 'photos/scene-2.jpg'), readFileSync(join(own, 'photos/scene-4.jpg')))
    const { code, err } = await maskwright(['run', 'cam', ...quick, '--project', folder])
    expect(code, err).toBe(0)
    expect(err).toContain(`${join(own, 'photos/scene-1.jpg')} was deleted after it was imported.`)
    expect(err).toContain(`${join(own, 'photos/scene-2.jpg')} was changed after it was imported.`)
    expect(err).toContain('The run goes on without 2 of 6 photos.')
    const cam = await json(['evaluate', '--step', 'cam', '--project', folder])
    expect(cam).toMatchObject({ images: 4, withoutMask: ['scene-1', 'scene-2'] })
  })
})

describe('an engine that is not there', () => {
  test('exit 3, the command that installs it, and no run', async () => {
    const folder = await project()
    const env = { MASKWRIGHT_DATA: temporaryFolder() }
    const { code, err } = await maskwright(['run', 'cam', '--project', folder], { env })
    expect([code, err]).toEqual([3, expect.stringContaining('maskwright engine install')])
    expect(await json(['runs', '--project', folder])).toEqual([])
  })
})
