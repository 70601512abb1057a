import { createHash } from 'node:crypto'
import { linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { ThumbnailCache } from '../../src/main/artifacts/thumbnailCache'
import { openProject } from '../../src/main/db/open'
import type { ImportedPhoto } from '../../src/shared/contract/import'
import { thumbnailSizes } from '../../src/shared/contract/photos'

const differentPictures = 300
const size = { width: 500, height: 375 }
const splits = ['train', 'train', 'train', 'train', 'val']

/**
 * A project of `count` photos and `classes` classes with a long tail: its rows, and their pictures in the cache, of which
 * a few hundred are different. The photos themselves are small files: only what is looked at large is decoded.
 */
export async function makeGalleryProject(folder: string, count: number, classes: number): Promise<void> {
  const pictures = await makePictures(join(folder, 'photos'))
  const names = Array.from({ length: classes }, (_, place) => `class ${String(place).padStart(3, '0')}`)
  const photos = Array.from({ length: count }, (_, i): ImportedPhoto => {
    const picture = pictures[i % differentPictures]!
    const sha256 = createHash('sha256').update(`photo ${i}`).digest('hex')
    const file = { path: picture.path, bytes: picture.bytes, mtimeMs: 0, sha256 }
    const stem = `photo-${String(i).padStart(6, '0')}`
    const truth = i % 5 === 0 ? { truth: { blob: `${sha256}.png`, pixels: { '0': 150_000, '1': 37_500 } } } : {}
    return { stem, ...file, ...size, split: splits[i % 5]!, present: labelsOf(i, classes), unknown: [], ...truth }
  })
  const project = openProject(join(folder, 'project'), { create: true })
  project.imports.store(names, photos)
  const cache = new ThumbnailCache(project.cacheFolder, 0)
  for (const [i, { sha256 }] of photos.entries())
    for (const side of thumbnailSizes) {
      const path = cache.path({ sha256, side })
      mkdirSync(dirname(path), { recursive: true })
      linkSync(pictures[i % differentPictures]!.thumbnails[side]!, path)
    }
  project.close()
}

/** One to four classes; the one at place p with a likelihood of about 1/(p + 1), as in a long tail. */
function labelsOf(i: number, classes: number): number[] {
  const places = Array.from({ length: 1 + (i % 4) }, (_, k) => {
    const share = createHash('md5').update(`${i} ${k}`).digest().readUInt32LE(0) / 2 ** 32
    return Math.floor(classes ** share) - 1
  })
  return [...new Set(places)].sort((left, right) => left - right)
}

interface Picture {
  readonly path: string
  readonly bytes: number
  readonly thumbnails: Readonly<Record<number, string>>
}

async function makePictures(folder: string): Promise<Picture[]> {
  mkdirSync(folder, { recursive: true })
  return Promise.all(Array.from({ length: differentPictures }, (_, i) => makePicture(folder, i)))
}

/** A photo of coloured noise: as hard to encode and to decode as a real one. */
async function makePicture(folder: string, i: number): Promise<Picture> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 30 + (i % 40) }
  const tint = { r: (i * 37) % 256, g: (i * 91) % 256, b: (i * 53) % 256 }
  const grain = sharp({ create: { ...size, channels: 3, background: tint, noise } })
  const jpeg = await grain.blur(2).tint(tint).jpeg({ quality: 80 }).toBuffer()
  const path = join(folder, `${i}.jpg`)
  writeFileSync(path, jpeg)
  const thumbnails: Record<number, string> = {}
  for (const side of thumbnailSizes) {
    thumbnails[side] = join(folder, `${i}-${side}.webp`)
    const small = sharp(jpeg).resize({ width: side, height: side, fit: 'inside' })
    writeFileSync(thumbnails[side], await small.webp({ quality: 78, effort: 1 }).toBuffer())
  }
  return { path, bytes: jpeg.length, thumbnails }
}
