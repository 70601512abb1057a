import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ThresholdSweep } from '../src/shared/contract/evaluation'
import { frequencyGroups, groupsByFrequency, meansByGroup } from '../src/shared/metrics/frequencyGroups'
import { type LabelledPhoto, longTailCut } from './support/longTailCut'
import { report } from './support/measure'
import { sfcBenchRecipe } from './support/sfcRecipe'

/**
 * What SFC's ideas do for real photos, beside CAM and LPCAM on the same backbone with equal budgets: the plain
 * classifier, the image bank, SFC in its presets, the difference map, and LPCAM on each; on all photos and on a
 * long-tailed cut of 240. mIoU at the best global threshold, mean and spread over seeds, Many / Medium / Few.
 *
 *   npm run bench -- sfc [--data FOLDER] [--seeds 666,1,2] [--sets all,tail] [--scales one,four] [--steps 1000] [--only ROWS] [--keep]
 */
const classes = ['cat', 'dog', 'person', 'horse', 'sheep', 'cow']
const quotas = { cat: 120, dog: 80, person: 45, horse: 25, sheep: 12, cow: 6 }

const args = process.argv.slice(2)
const value = (name: string, fallback: string) =>
  args.includes(`--${name}`) ? (args[args.indexOf(`--${name}`) + 1] ?? fallback) : fallback
const data = resolve(value('data', join('..', 'shared', 'data', 'voc-animals')))
if (!existsSync(data)) {
  console.error(`The photos are not at ${data}: name their folder with --data.`)
  process.exit(2)
}
const root = mkdtempSync(join(tmpdir(), 'maskwright-sfc-'))

function maskwright(...parameters: readonly string[]): unknown {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join('bin', 'maskwright'), ...parameters, '--json'],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  )
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
  spawnSync(process.execPath, [join('bin', 'maskwright'), 'new', project], { stdio: 'inherit' })
  const where = ['--labels', join(data, 'image_labels.csv'), '--masks', join(data, 'SegmentationClass')]
  const cut = join(root, `${set}.txt`)
  if (set === 'tail') {
    const names = longTailCut(labelledPhotos(), quotas).map(({ name }) => name.replace(/\.[a-z]+$/i, ''))
    writeFileSync(cut, `${names.join('\n')}\n`)
    console.error(`the cut has ${names.length} photos`)
  }
  const split = set === 'tail' ? ['--split', cut] : []
  maskwright('import', data, '--format', 'voc', ...where, ...split, '--classes', classes.join(','), '--project', project)
  return project
}

interface Measured {
  readonly miou: number
  readonly threshold: number
  readonly perClass: readonly (number | null)[]
}

const sets = value('sets', 'all,tail').split(',')
const scales = value('scales', 'one').split(',')
const seeds = value('seeds', '666,1,2').split(',')
const steps = Number(value('steps', '1000'))
const only = value('only', '')

for (const set of sets) {
  const project = makeProject(set)
  const counts = (maskwright('stats', '--project', project) as { classes: { photos: number }[] }).classes
  const groups = groupsByFrequency(counts.map(({ photos }) => photos))
  for (const scale of scales) {
    const rows = new Map<string, Measured[]>()
    for (const seed of seeds) {
      const { recipe, measured } = sfcBenchRecipe({ steps, scale, only })
      const file = join(root, `${set}-${scale}-${seed}.yaml`)
      writeFileSync(file, JSON.stringify(recipe))
      const started = performance.now()
      maskwright('run', file, '--seed', seed, '--project', project)
      console.error(`${set}, ${scale}, seed ${seed}: ${Math.round((performance.now() - started) / 1000)} s`)
      for (const { row, step } of measured) {
        const { best } = maskwright('sweep', '--step', step, '--project', project) as ThresholdSweep
        const made = { miou: best.meanIou ?? 0, threshold: best.threshold, perClass: best.iou.slice(1) }
        rows.set(row, [...(rows.get(row) ?? []), made])
        console.error(`  ${row}: ${(made.miou * 100).toFixed(2)} at ${made.threshold}`)
      }
    }
    const plain = meanOf(rows.get('plain · CAM') ?? [...rows.values()][0]!, classes.length)
    report(
      `mIoU on ${set === 'tail' ? 'the long-tailed cut' : 'all photos'}, ${scale === 'one' ? 'one scale' : 'four scales'}, percent`,
      [...rows].map(([row, values]) => {
        const mean = meanOf(values, classes.length)
        const spread = Math.max(...values.map(({ miou }) => miou)) - Math.min(...values.map(({ miou }) => miou))
        const gains = meansByGroup(mean.perClass.map((iou, c) => gain(iou, plain.perClass[c] ?? null)), groups)
        return {
          row,
          mIoU: (mean.miou * 100).toFixed(1),
          spread: (spread * 100).toFixed(1),
          threshold: values.map(({ threshold }) => threshold.toFixed(2)).join(' '),
          ...Object.fromEntries(frequencyGroups.map(group => [`${group} Δ`, signed(gains[group])])),
          ...Object.fromEntries(classes.map((name, c) => [name, percent(mean.perClass[c] ?? null)])),
        }
      }),
    )
  }
}
if (args.includes('--keep')) console.log(`the projects stay in ${root}`)
else rmSync(root, { recursive: true, force: true })

function meanOf(values: readonly Measured[], count: number): Measured {
  const mean = (of: readonly (number | null)[]) => {
    const known = of.filter(each => each !== null)
    return known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0) / known.length
  }
  return {
    miou: mean(values.map(({ miou }) => miou)) ?? 0,
    threshold: mean(values.map(({ threshold }) => threshold)) ?? 0,
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
