import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openProject } from '../src/main/db/open'
import type { StepReference } from '../src/main/methods/context'
import { splitByHash } from '../src/main/methods/deeplab/split'
import { createPool } from '../src/main/pool/pool'
import type { Dataset, DatasetImage } from '../src/shared/contract/dataset'
import { type ChainFolders, type ChainStep, meanIou, runMethod } from './support/chain'
import { benchEngine, report } from './support/measure'
import { hasOption, option, photoFolder } from './support/options'
import { predictLabels } from './support/predictLabels'

/**
 * What the segmentation network is for: photos without labels. 350 of the 437 real photos, chosen by the hash of their
 * bytes, give the classifier, the prototypes and the pseudo masks that the network is trained on; on the other 87 it is
 * measured beside pseudo masks made there with labels that the classifier predicts, and with the given ones.
 * With `--root` its steps stay there, and the next call goes on after the last that was finished.
 *
 *   npm run bench -- segmentation [--data FOLDER] [--seeds 666,1,2] [--set '{"epochs":24}'] [--root FOLDER]
 */
const CLASSES = 'cat,dog,person,horse,sheep,cow'
const HELD_OUT = 0.2

const data = photoFolder()
const deeplabSettings = JSON.parse(option('set', '{}')) as object

const kept = hasOption('root')
const root = kept ? resolve(option('root', '')) : mkdtempSync(join(tmpdir(), 'maskwright-segmentation-'))
const dataset = importPhotos(join(root, 'project'))
const pool = createPool({ threads: availableParallelism(), script: resolve('out', 'main', 'poolWorker.js') })
const folders: ChainFolders = {
  root,
  blobFolder: join(root, 'project', 'blobs'),
  cacheFolder: join(root, 'cache'),
  pool,
}
const { training, heldOut } = splitByHash(dataset.images, HELD_OUT)
benchEngine()

/** The photos as a project has them: masks in the classes of the protocol. */
function importPhotos(folder: string): Dataset {
  const maskwright = (...parameters: readonly string[]) => {
    const { status } = spawnSync(process.execPath, [join('bin', 'maskwright'), ...parameters], { stdio: 'inherit' })
    if (status !== 0) throw new Error(`maskwright ${parameters[0]} ended with ${String(status)}`)
  }
  const [labels, masks] = [join(data, 'image_labels.csv'), join(data, 'SegmentationClass')]
  const sources = ['--format', 'voc', '--labels', labels, '--masks', masks, '--classes', CLASSES]
  if (!existsSync(folder)) {
    maskwright('new', folder)
    maskwright('import', data, ...sources, '--project', folder)
  }
  const project = openProject(folder)
  const found = project.dataset()
  project.close()
  return found
}

function part(images: readonly DatasetImage[], name: string): Dataset {
  return { ...dataset, images, hash: `${dataset.hash} ${name}` }
}

const prototypeFiles = ['prototypes.safetensors', 'prototypes.json']
const rows: { photos: string; masks: string; seed: number; mIoU: string; seconds: number }[] = []

async function measured(
  masks: string,
  of: readonly DatasetImage[],
  step: StepReference,
  seed: number,
  seconds: number,
) {
  const figure = await meanIou(step, of, dataset.classes.length, folders)
  const photos = of === training ? `${training.length} trained on` : `${heldOut.length} held out`
  rows.push({ photos, masks, seed, mIoU: figure.toFixed(2), seconds: Math.round(seconds) })
  console.error(`${photos}, ${masks}, seed ${seed}: ${figure.toFixed(2)}`)
}

interface PseudoMasks {
  readonly lpcam: StepReference
  readonly masks: StepReference
  readonly threshold: number
  readonly seconds: number
}

/** Maps and masks of photos; with `of`, by the prototypes and the threshold that others gave. */
async function pseudoMasks(
  name: string,
  { dataset: photos, seed }: Pick<ChainStep, 'dataset' | 'seed'>,
  classifier: StepReference,
  of?: PseudoMasks,
): Promise<PseudoMasks> {
  const base = { dataset: photos, seed }
  const cam = await runMethod(`${name}-cam`, 'cam', { ...base, inputs: { classifier } }, folders)
  const prepare = (folder: string) => {
    if (of) for (const file of prototypeFiles) copyFileSync(join(of.lpcam.folder, file), join(folder, file))
  }
  const seeds = { ...base, inputs: { classifier, scores: cam.reference }, prepare }
  const lpcam = await runMethod(`${name}-lpcam`, 'lpcam', seeds, folders)
  const options = of ? { threshold: of.threshold } : {}
  const maps = { ...base, inputs: { scores: lpcam.reference }, options }
  const masks = await runMethod(`${name}-masks`, 'densecrf', maps, folders)
  const seconds = cam.seconds + lpcam.seconds + masks.seconds
  return { lpcam: lpcam.reference, masks: masks.reference, threshold: Number(masks.summary['threshold']), seconds }
}

async function measureSeed(seed: number): Promise<void> {
  const seen = { dataset: part(training, 'seen'), seed }
  const { reference: classifier } = await runMethod(`${seed}-classifier`, 'classifier', seen, folders)
  const own = await pseudoMasks(`${seed}-seen`, seen, classifier)
  await measured('LPCAM and CRF, given labels', training, own.masks, seed, own.seconds)
  const given = await pseudoMasks(`${seed}-given`, { dataset: part(heldOut, 'given'), seed }, classifier, own)
  await measured('LPCAM and CRF, given labels', heldOut, given.masks, seed, given.seconds)
  const labelled = part(await predictLabels(classifier.folder, heldOut, folders), 'predicted')
  const predicted = await pseudoMasks(`${seed}-predicted`, { dataset: labelled, seed }, classifier, own)
  await measured('LPCAM and CRF, predicted labels', heldOut, predicted.masks, seed, predicted.seconds)
  const options = { heldOut: HELD_OUT, ...deeplabSettings }
  const settings = createHash('sha256').update(JSON.stringify(options)).digest('hex').slice(0, 8)
  const labels = { dataset, seed, inputs: { labels: own.masks }, options, onMetric }
  const deeplab = await runMethod(`${seed}-deeplab-${settings}`, 'deeplab', labels, folders)
  await measured('DeepLab, no labels', heldOut, deeplab.reference, seed, deeplab.seconds)
  await measured('DeepLab, no labels', training, deeplab.reference, seed, deeplab.seconds)
}

for (const seed of option('seeds', '666').split(',').map(Number)) await measureSeed(seed)
report('mIoU of masks on real photos, percent', rows)
await pool.close()
if (!kept) rmSync(root, { recursive: true, force: true })

function onMetric(name: string, figure: number, at?: number): void {
  if (name.startsWith('mIoU')) console.error(`deeplab: step ${at}: ${(100 * figure).toFixed(2)}`)
}
