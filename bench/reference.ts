import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Evaluation } from '../src/shared/contract/evaluation'
import { report } from './support/measure'
import { everyOption, hasOption, option, photoFolder } from './support/options'
import { peakMegabytes } from './support/peakMegabytes'
import { runPeer } from './support/peer'

/**
 * The chain on real photos by the protocol of the reference figures: frozen EfficientNet-Lite0, longest side 320,
 * 6 classes, the best global threshold. Prints the table and the time and memory of each stage.
 *
 *   npm run bench:reference [-- --data FOLDER] [--seeds 666,1,2] [--scales one,four] [--score SCRIPT] [--peer] [--set …] [--keep]
 *
 * `--peer` times PyTorch's forward passes alone beside the whole chain at four scales.
 * `--score` also exports the last masks and has an independent scorer (PRED TRUTH CLASSES --names FILE) judge them.
 */
const CLASSES = 'cat,dog,person,horse,sheep,cow'
/** Measured with an independent PyTorch program on the same photos; the least that is asked of us beside it. */
const expected: Readonly<Record<string, { readonly reference: number; readonly least: number }>> = {
  'CAM, one scale': { reference: 44.6, least: 44.0 },
  'LPCAM, one scale': { reference: 52.6, least: 52.0 },
  'CAM, four scales': { reference: 47.4, least: 46.8 },
  'LPCAM, four scales': { reference: 59.1, least: 58.0 },
}
const scaleSettings: Readonly<Record<string, readonly string[]>> = {
  one: ['cam.scales=[1]', 'cam.mirrored=false', 'lpcam.scales=[1]', 'lpcam.mirrored=false'],
  four: [],
}

const extra = everyOption('set')
const data = photoFolder()

const root = mkdtempSync(join(tmpdir(), 'maskwright-reference-'))
const project = join(root, 'project')
const stages: { stage: string; seconds: number; 'peak MB': number }[] = []

/** Runs a command to its end, watching the memory of its whole process; returns what it printed as JSON. */
async function maskwright(stage: string, ...parameters: readonly string[]): Promise<unknown> {
  const started = performance.now()
  const child = spawn(process.execPath, [join('bin', 'maskwright'), ...parameters, '--project', project, '--json'])
  let output = ''
  let errors = ''
  let peak = 0
  child.stdout.on('data', part => (output += String(part)))
  child.stderr.on('data', part => (errors += String(part)))
  const watch = setInterval(() => (peak = Math.max(peak, peakMegabytes(child.pid!) ?? 0)), 100)
  const status = await new Promise(done => child.on('close', done))
  clearInterval(watch)
  if (status !== 0)
    throw new Error(`maskwright ${parameters.join(' ')} ended with ${String(status)}: ${errors}${output}`)
  const seconds = Math.round((performance.now() - started) / 100) / 10
  stages.push({ stage, seconds, 'peak MB': peak })
  console.error(`${stage}: ${seconds} s, ${peak} MB`)
  return JSON.parse(output)
}

const results = new Map<string, number[]>()
const thresholds = new Map<string, number[]>()

async function evaluate(row: string, step: string): Promise<void> {
  const evaluation = (await maskwright(`evaluate ${row}`, 'evaluate', '--step', step)) as Evaluation
  const miou = (evaluation.scores.meanIou.value ?? 0) * 100
  results.set(row, [...(results.get(row) ?? []), miou])
  thresholds.set(row, [...(thresholds.get(row) ?? []), Number(evaluation.summary['threshold'])])
  console.error(`${row}: ${miou.toFixed(2)}`)
}

spawnSync(process.execPath, [join('bin', 'maskwright'), 'new', project], { stdio: 'inherit' })
const labels = join(data, 'image_labels.csv')
const masks = join(data, 'SegmentationClass')
await maskwright(
  'import',
  'import',
  data,
  '--format',
  'voc',
  '--labels',
  labels,
  '--masks',
  masks,
  '--classes',
  CLASSES,
)
for (const scales of option('scales', 'one,four').split(',')) {
  const settings = [...scaleSettings[scales]!, ...extra].flatMap(setting => ['--set', setting])
  for (const [place, seed] of option('seeds', '666,1,2').split(',').entries()) {
    await maskwright(`run lpcam, ${scales}, seed ${seed}`, 'run', 'lpcam', '--fresh', '--seed', seed, ...settings)
    if (place === 0) await evaluate(`CAM, ${scales} scale${scales === 'one' ? '' : 's'}`, 'cam')
    await evaluate(`LPCAM, ${scales} scale${scales === 'one' ? '' : 's'}`, 'lpcam')
  }
}
if (hasOption('score')) {
  const out = join(root, 'export')
  await maskwright('export', 'export', '--format', 'voc', '--step', 'lpcam', '--out', out)
  const python = process.env['MASKWRIGHT_PEER_PYTHON'] ?? 'python3'
  const parameters = [
    option('score', ''),
    join(out, 'SegmentationClass'),
    masks,
    CLASSES,
    '--names',
    join(out, 'labels.txt'),
  ]
  console.log(`independent scorer: ${spawnSync(python, parameters, { encoding: 'utf8' }).stdout.trim()}`)
}
report('time and memory of each stage', stages)
report(
  'mIoU on the real photos, percent',
  [...results].map(([row, values]) => ({
    row,
    mean: (values.reduce((sum, miou) => sum + miou, 0) / values.length).toFixed(2),
    seeds: values.map(miou => miou.toFixed(2)).join(', '),
    thresholds: thresholds.get(row)!.join(', '),
    reference: expected[row]?.reference ?? '–',
    least: expected[row]?.least ?? '–',
  })),
)
if (hasOption('peer')) {
  const forward = runPeer<{ seconds: number; run: number }>(
    'chain_forward.py',
    String(availableParallelism()),
    join(data, 'JPEGImages'),
    '60',
  )
  const chain = stages.find(({ stage }) => stage.startsWith('run lpcam, four'))
  const imported = stages.find(({ stage }) => stage === 'import')
  const evaluated = stages.filter(({ stage }) => stage.endsWith('four scales')).slice(0, 2)
  const ours = [chain, imported, ...evaluated].reduce((sum, stage) => sum + (stage?.seconds ?? 0), 0)
  report('the whole chain (import, train, maps, masks, evaluation) against PyTorch’s forward passes alone', [
    {
      'Maskwright s': Math.round(ours),
      'PyTorch forward s': Math.round(forward.seconds),
      ratio: (ours / forward.seconds).toFixed(2),
      limit: 1.2,
      'PyTorch photos run': forward.run,
    },
  ])
}
if (hasOption('keep')) console.log(`the project stays at ${project}`)
else rmSync(root, { recursive: true, force: true })
