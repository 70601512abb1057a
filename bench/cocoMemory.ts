import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCoco } from '../src/main/datasets/coco/readCoco'
import { report } from './support/measure'

/** Memory at the peak while a COCO file of 1 GB (or as many MB as the argument says) is read: a limit of 500 MB. */
const MEGABYTES = Number(process.argv[2] ?? 1000)
const POINTS = 60

const folder = mkdtempSync(join(tmpdir(), 'maskwright-bench-'))
try {
  const path = join(folder, 'instances.json')
  const annotations = await writeLargeFile(path)
  globalThis.gc?.()
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50)
  const start = performance.now()
  const { counts } = await readCoco(path)
  const seconds = (performance.now() - start) / 1000
  clearInterval(watch)
  if (counts.annotations !== annotations) throw new Error(`${counts.annotations} annotations, ${annotations} written`)
  const megabytes = Math.round(statSync(path).size / 1e6)
  report('A large COCO file', [
    {
      MB: megabytes,
      annotations,
      seconds: Number(seconds.toFixed(1)),
      'MB/s': Math.round(megabytes / seconds),
      'peak MB': Math.round(peak / 1e6),
    },
  ])
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function writeLargeFile(path: string): Promise<number> {
  const file = createWriteStream(path)
  const polygon = Array.from({ length: 2 * POINTS }, (_, i) => ((i * 7919) % 50_000) / 100)
  file.write(
    '{"images":[{"id":1,"file_name":"a.jpg","width":500,"height":500}],"categories":[{"id":1,"name":"cat"}],"annotations":[',
  )
  let written = 0
  let annotations = 0
  while (written < MEGABYTES * 1e6) {
    const line = `${annotations === 0 ? '' : ','}\n${JSON.stringify({ id: ++annotations, image_id: annotations % 100_000, category_id: 1, iscrowd: 0, bbox: [0, 0, 9, 9], segmentation: [polygon] })}`
    written += line.length
    if (!file.write(line)) await once(file, 'drain')
  }
  file.end(']}\n')
  await once(file, 'close')
  return annotations
}
