import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { encodeLabelPng } from '../../src/main/media/labelPng'
import { temporaryFolder } from './temporaryFolder'

export const toyClasses = ['red', 'blue'] as const
const [width, height] = [96, 72]

/**
 * Photos of 96 × 72 pixels with a red or a blue square on grey noise, their masks and `labels.csv`: small enough to
 * train on in a second, different enough to be told apart. The same every time. @returns the folder
 */
export async function toyScenes(photos = 8): Promise<string> {
  const folder = temporaryFolder()
  for (const name of ['photos', 'masks']) mkdirSync(join(folder, name))
  const lines = ['image,labels']
  for (let i = 0; i < photos; i++) {
    const label = i % 2
    const { pixels, labels } = scene(i, label)
    const raw = { width, height, channels: 3 } as const
    await sharp(pixels, { raw })
      .jpeg({ quality: 92 })
      .toFile(join(folder, 'photos', `scene-${i}.jpg`))
    writeFileSync(join(folder, 'masks', `scene-${i}.png`), encodeLabelPng({ labels, width, height }))
    lines.push(`scene-${i},${toyClasses[label]}`)
  }
  writeFileSync(join(folder, 'labels.csv'), `${lines.join('\n')}\n`)
  return folder
}

function scene(index: number, label: number): { pixels: Uint8Array; labels: Uint8Array } {
  const pixels = new Uint8Array(width * height * 3)
  const labels = new Uint8Array(width * height)
  const [left, top, side] = [8 + ((index * 11) % 44), 6 + ((index * 7) % 30), 32]
  for (let i = 0; i < labels.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)]
    const inside = x >= left && x < left + side && y >= top && y < top + side
    const noise = 90 + (((i + 13 * index) * 7919) % 61)
    pixels.fill(noise, i * 3, i * 3 + 3)
    if (!inside) continue
    labels[i] = label + 1
    pixels.set(label === 0 ? [210, 30, 40] : [30, 50, 220], i * 3)
  }
  return { pixels, labels }
}
