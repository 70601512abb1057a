import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { ThresholdSweep } from '../src/shared/contract/evaluation'
import { frequencyGroups, groupsByFrequency, meansByGroup } from '../src/shared/metrics/frequencyGroups'
import { type LabelledPhoto, longTailCut } from './support/longTailCut'
import { report } from './support/measure'
import { hasOption, option, photoFolder } from './support/options'
import { benchTrainings, independentFigures, sfcBenchRecipe } from './support/sfcRecipe'

/**
 * What SFC's ideas do for real photos, beside CAM and LPCAM on the same backbone with equal budgets: the plain
 * classifier, the image bank, SFC in its presets, the difference map, and LPCAM on each; on all photos and on a
 * long-tailed cut of 240. mIoU at the best global threshold, mean and spread over seeds, Many / Medium / Few.
 *
 *   npm run bench -- sfc [--data FOLDER] [--seeds 666,1,2] [--sets all,tail] [--scale one|four] [--steps 1000]
 *                        [--only 'plain;small-set'] [--brief] [--root FOLDER] [--results FILE]
 *
 * Hours on two cores: with `--root` the projects stay in that folder, and what `--results` (results.json there, if left
 * out) holds is not measured again. docs/measurements/sfc.json holds what was measured so far.
 */
const classes = ['cat', 'dog', 'person', 'horse', 'sheep', 'cow']
const quotas = { cat: 120, dog: 80, person: 45, horse: 25, sheep: 12, cow: 6 }

const data = photoFolder()
const kept = option('root', '')
const root = kept === '' ? mkdtempSync(join(tmpdir(), 'maskwright-sfc-')) : resolve(kept)
mkdirSync(root, { recursive: true })

function maskwright(...parameters: readonly string[]): unknown {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join('bin', 'maskwright'), ...parameters, '--json'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status === 0) return JSON.parse(stdout)
  throw new Error(`maskwright ${parameters.join(' ')} ended with ${String(status)}: ${stderr}${stdout}`)
}

/** Every photo of the label table. */
function labelledPhotos(): readonly LabelledPhoto[] {
  const [, ...lines] = readFileSync(join(data, 'image_labels.csv'), 'utf8').trim().split(/\r?\n/)
  return lines.map(line => {
    const [name, labels = ''] = line.split(',')
    return { name: name!, classes: labels.split(';') }
  })
}

/** A project of all photos, or of the cut. */
function makeProject(set: string): string {
  const project = join(root, set)
  if (existsSync(project)) return project
  spawnSync(process.execPath, [join('bin', 'maskwright'), 'new', project], { stdio: 'inherit' })
  const where = ['--labels', join(data, 'image_labels.csv'), '--masks', join(data, 'SegmentationClass')]
  const cut = join(root, `${set}.txt`)
  if (set === 'tail') {
    const names = longTailCut(labelledPhotos(), quotas).map(({ name }) => name.replace(/\.[a-z]+$/i, ''))
    writeFileSync(cut, `${names.join('\n')}\n`)
    console.error(`the cut has ${names.length} photos`)
  }
  const split = set === 'tail' ? ['--split', cut] : []
  maskwright(
    'import',
    data,
    '--format',
    'voc',
    ...where,
    ...split,
    '--classes',
    classes.join(','),
    '--project',
    project,
  )
  return project
}

/** The newest of `maskwright runs`, as far as it matters here. */
interface FinishedRun {
  readonly steps: readonly { readonly summary: { readonly trainingSeconds?: number } }[]
}

/** One figure of one seed. */
interface Measured {
  readonly set: string
  readonly scale: string
  readonly steps: number
  readonly row: string
  readonly seed: string
  readonly miou: number
  readonly threshold: number
  readonly perClass: readonly (number | null)[]
  /** Of the training that the maps stand on. */
  readonly trainingSeconds: number | null
}

const sets = option('sets', 'all,tail').split(',')
const scale = option('scale', 'one')
const brief = hasOption('brief')
const seeds = option('seeds', '666,1,2').split(',')
const steps = Number(option('steps', '1000'))
const wanted = option('only', '') === '' ? benchTrainings : option('only', '').split(';')
const resultFile = resolve(option('results', join(root, 'results.json')))
mkdirSync(dirname(resultFile), { recursive: true })
const results: Measured[] = existsSync(resultFile) ? (JSON.parse(readFileSync(resultFile, 'utf8')) as Measured[]) : []

/** Trains, makes every map of the training, measures them, and keeps the figures. */
function measure(set: string, seed: string, training: string): void {
  const settings = { set, scale, steps, seed }
  const isMeasured = ({ row, ...other }: Measured) =>
    row.startsWith(`${training} · `) && Object.entries(settings).every(([key, each]) => other[key as 'set'] === each)
  if (results.some(isMeasured)) return
  const project = makeProject(set)
  const { recipe, measured } = sfcBenchRecipe(training, { steps, scale, brief })
  const file = join(root, 'recipe.yaml')
  writeFileSync(file, JSON.stringify(recipe))
  maskwright('run', file, '--seed', seed, '--project', project)
  const [run] = maskwright('runs', '--project', project) as readonly FinishedRun[]
  const trainingSeconds = run?.steps[0]?.summary.trainingSeconds ?? null
  for (const { row, step } of measured) {
    const { best } = maskwright('sweep', '--step', step, '--project', project) as ThresholdSweep
    const made = { miou: best.meanIou ?? 0, threshold: best.threshold, perClass: best.iou.slice(1), trainingSeconds }
    results.push({ ...settings, row, ...made })
    console.error(`${set}, seed ${seed}: ${row} ${(made.miou * 100).toFixed(2)} at ${made.threshold}`)
  }
  writeFileSync(`${resultFile}.part`, `[\n${results.map(each => `  ${JSON.stringify(each)}`).join(',\n')}\n]\n`)
  renameSync(`${resultFile}.part`, resultFile)
}

for (const seed of seeds) for (const set of sets) for (const training of wanted) measure(set, seed, training)
for (const set of sets) printTable(set)
if (kept === '') rmSync(root, { recursive: true, force: true })

function printTable(set: string): void {
  const project = makeProject(set)
  const counts = (maskwright('stats', '--project', project) as { classes: { photos: number }[] }).classes
  const groups = groupsByFrequency(counts.map(({ photos }) => photos))
  const rows = new Map<string, Measured[]>()
  for (const each of results)
    if (each.set === set && each.scale === scale && each.steps === steps)
      rows.set(each.row, [...(rows.get(each.row) ?? []), each])
  const isCompared = set === 'all' && scale === 'one' && steps === 1000
  const plain = meanOf(rows.get('plain · CAM') ?? [...rows.values()][0]!, classes.length)
  report(
    `mIoU on ${set === 'tail' ? 'the long-tailed cut' : 'all photos'}, ${scale === 'one' ? 'one scale' : 'four scales'}, percent`,
    [...rows].map(([row, values]) => {
      const mean = meanOf(values, classes.length)
      const spread = Math.max(...values.map(({ miou }) => miou)) - Math.min(...values.map(({ miou }) => miou))
      const gains = meansByGroup(
        mean.perClass.map((iou, c) => gain(iou, plain.perClass[c] ?? null)),
        groups,
      )
      return {
        row,
        mIoU: (mean.miou * 100).toFixed(1),
        ...(isCompared ? { 'independent program': independentFigures[row]?.toFixed(1) ?? '–' } : {}),
        'Δ CAM': signed(mean.miou - plain.miou),
        spread: `${(spread * 100).toFixed(1)} of ${values.length}`,
        threshold: values.map(({ threshold }) => threshold.toFixed(2)).join(' '),
        ...Object.fromEntries(frequencyGroups.map(group => [`${group} Δ`, signed(gains[group])])),
        ...Object.fromEntries(classes.map((name, c) => [name, percent(mean.perClass[c] ?? null)])),
        's / 1,000 steps': thousandSteps(values),
      }
    }),
  )
}

/** Means over seeds. */
function meanOf(values: readonly Measured[], count: number): Pick<Measured, 'miou' | 'perClass'> {
  const mean = (of: readonly (number | null)[]) => {
    const known = of.filter(each => each !== null)
    return known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0) / known.length
  }
  return {
    miou: mean(values.map(({ miou }) => miou)) ?? 0,
    perClass: Array.from({ length: count }, (_, c) => mean(values.map(({ perClass }) => perClass[c] ?? null))),
  }
}

function gain(iou: number | null, before: number | null): number | null {
  return iou === null || before === null ? null : iou - before
}

function signed(points: number | null): string {
  return points === null ? '–' : `${points >= 0 ? '+' : '−'}${Math.abs(points * 100).toFixed(1)}`
}

function percent(share: number | null): string {
  return share === null ? '–' : (share * 100).toFixed(1)
}

/** Seconds that a thousand steps of the training took, the mean over seeds. */
function thousandSteps(values: readonly Measured[]): string {
  const known = values.flatMap(({ trainingSeconds }) => (trainingSeconds === null ? [] : [trainingSeconds]))
  if (known.length === 0) return '–'
  return ((known.reduce((sum, seconds) => sum + seconds, 0) / known.length / steps) * 1000).toFixed(0)
}
