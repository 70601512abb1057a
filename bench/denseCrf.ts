import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig, threadCounts } from '../src/main/config'
import { blobPath } from '../src/main/artifacts/blobStore'
import { writeScoreMaps } from '../src/main/artifacts/scoreMaps'
import { builtFile } from '../src/main/builtFile'
import { decodePhoto } from '../src/main/media/decodePhoto'
import { encodeImage } from '../src/main/media/encodeImage'
import { createPool } from '../src/main/pool/pool'
import { denseCrf, likeliestLabels } from '../src/shared/crf/denseCrf'
import { unaryFromLabels } from '../src/shared/crf/unary'
import { pillowBicubic } from '../src/shared/raster/pillowBicubic'
import type { RgbImage } from '../src/shared/raster/size'
import { crfPython } from './support/crfPeer'
import { median, report } from './support/measure'
import { hasOption, option } from './support/options'

/**
 * A dense CRF of 500 × 375 pixels and 10 iterations with IRN's kernels, on one thread, beside the authors' C++ in the
 * same run, both in processor seconds, which other programs on the machine disturb least; then the peak memory of a process that does nothing else, and photos a second of the pool.
 *
 *   npm run bench -- denseCrf [--data FOLDER of photos]
 */
const SIZE = { width: 500, height: 375 }
const ROUNDS = 3
const LIMITS = { ratio: 3, megabytes: 400 }
const settings = {
  iterations: 10,
  spatial: { sigma: 3, weight: 3 },
  bilateral: { sigmaXy: 50, sigmaRgb: 5, weight: 10 },
}

const data = option('data', join('..', 'shared', 'data', 'voc-animals', 'JPEGImages'))

if (hasOption('memory-only')) {
  const image = await benchImage()
  const before = process.memoryUsage().rss
  denseCrf(image, unaryOf(21), 21, settings)
  console.log(JSON.stringify((process.resourceUsage().maxRSS * 1024 - before) / 1e6))
} else await measure()

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'maskwright-crf-'))
  try {
    const image = await benchImage()
    const rows = [2, 3, 21].map(labels => besidePeer(image, labels, join(folder, String(labels))))
    report('Dense CRF, 500 × 375, 10 iterations, one thread', rows)
    const memory = spawnSync(process.execPath, [process.argv[1]!, '--memory-only', '--data', data], {
      encoding: 'utf8',
    })
    const megabytes = Number(memory.stdout.trim().split('\n').at(-1))
    const perSecond = await throughput(image, folder)
    const threads = threadCounts(readConfig()).pool
    report('Dense CRF, 21 labels', [
      { 'peak MB': Math.round(megabytes), 'limit MB': LIMITS.megabytes, 'photos a second': perSecond.toFixed(2), 'pool threads': threads },
    ]) // prettier-ignore
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A real photo where there are some, else blurred noise with grain. */
async function benchImage(): Promise<RgbImage> {
  if (existsSync(data)) {
    const photo = readdirSync(data)
      .sort()
      .find(name => /\.jpe?g$/.test(name))
    if (photo !== undefined) return pillowBicubic(await decodePhoto(join(data, photo)), SIZE)
  }
  const noise = (side: number, width: number, height: number) =>
    pillowBicubic({ width: side, height: side, data: Uint8Array.from({ length: side * side * 3 }, (_, i) => (i * 7919 + 13) % 251) }, { width, height }) // prettier-ignore
  const [coarse, fine] = [noise(9, SIZE.width, SIZE.height), noise(200, SIZE.width, SIZE.height)]
  return { ...SIZE, data: coarse.data.map((value, i) => Math.min(255, value * 0.9 + fine.data[i]! * 0.06)) }
}

/** Discs of every label on background, each tenth pixel wrong. */
function unaryOf(labels: number): Float32Array {
  const map = Uint8Array.from({ length: SIZE.width * SIZE.height }, (_, i) => {
    const [x, y] = [i % SIZE.width, Math.floor(i / SIZE.width)]
    if ((i * 7919) % 1009 < 101) return (i * 31) % labels
    const cell = (Math.floor(x / 84) + 6 * Math.floor(y / 94)) % labels
    return Math.hypot((x % 84) - 42, (y % 94) - 47) < 34 ? cell : 0
  })
  return unaryFromLabels(map, labels, 0.7)
}

function besidePeer(image: RgbImage, labels: number, problem: string) {
  const unary = unaryOf(labels)
  writeFileSync(`${problem}.json`, JSON.stringify({ ...SIZE, labels, ...settings }))
  writeFileSync(`${problem}.rgb`, image.data)
  writeFileSync(`${problem}.unary`, new Uint8Array(unary.buffer))
  let ours = likeliestLabels(denseCrf(image, unary, labels, settings), labels) // compiled by then
  const seconds = { ours: [] as number[], theirs: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage()
    ours = likeliestLabels(denseCrf(image, unary, labels, settings), labels)
    const { user, system } = process.cpuUsage(before)
    seconds.ours.push((user + system) / 1e6)
    seconds.theirs.push(peerSeconds(problem))
  }
  const theirs = readFileSync(`${problem}.labels`)
  const agree = ours.reduce((count, label, i) => count + Number(label === theirs[i]), 0) / ours.length
  const [mine, reference] = [median(seconds.ours), median(seconds.theirs)]
  return {
    labels,
    'Maskwright s': mine.toFixed(2),
    'C++ s': reference.toFixed(2),
    ratio: (mine / reference).toFixed(2),
    limit: LIMITS.ratio,
    'same labels %': (100 * agree).toFixed(2),
  }
}

function peerSeconds(problem: string): number {
  const { status, stdout, stderr } = spawnSync(crfPython(), [join('bench', 'peers', 'dense_crf.py'), problem, '1'], { encoding: 'utf8' }) // prettier-ignore
  if (status !== 0) throw new Error(`pydensecrf2 failed: ${stderr}`)
  return (JSON.parse(stdout) as number[])[0]!
}

/** Photos a second from stored maps of 20 classes to stored masks, in the pool as the workbench has it. */
async function throughput(image: RgbImage, folder: string): Promise<number> {
  const photo = join(folder, 'photo.png')
  writeFileSync(photo, await encodeImage(image, 'png'))
  const maps = Float32Array.from({ length: 20 * 94 * 125 }, (_, i) => ((i * 7919 + 13) % 1009) / 1009)
  const grid = { keys: Int32Array.from({ length: 20 }, (_, i) => i), maps, width: 125, height: 94 }
  const { blob } = await writeScoreMaps(folder, { ...grid, photoWidth: SIZE.width, photoHeight: SIZE.height })
  const { pool: threads } = threadCounts(readConfig())
  await using pool = createPool({ threads, script: builtFile('poolWorker.js') })
  const input = { photo, scores: blobPath(folder, blob), threshold: 0.9, evidence: { kind: 'labels', confidence: 0.7 }, settings, longestSide: null, blobFolder: folder } as const // prettier-ignore
  const all = (count: number) => Promise.all(Array.from({ length: count }, () => pool.run('crfMask', input)))
  await all(threads)
  const start = performance.now()
  await all(3 * threads)
  return (3 * threads) / ((performance.now() - start) / 1000)
}
