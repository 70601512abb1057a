import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { encodeLabelPng } from '../../src/main/media/labelPng'
import { temporaryFolder } from './temporaryFolder'

interface PhotoOptions {
  readonly width?: number
  readonly height?: number
  /** EXIF orientation 1 … 8; the sides are those in the file, before it is applied. */
  readonly orientation?: number
  /** Photos of different shades are different photos. */
  readonly shade?: number
}

/** A dataset by hand: a folder, and functions that put small files into it. */
export class TinyDataset {
  readonly folder = temporaryFolder()

  path(name: string): string {
    return join(this.folder, name)
  }

  file(name: string, content: string | Uint8Array): string {
    const path = this.path(name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
    return path
  }

  /** A photo of 6 × 4 pixels unless said otherwise; its name's ending says the format. */
  async photo(name: string, { width = 6, height = 4, orientation = 1, shade = 3 }: PhotoOptions = {}): Promise<string> {
    const background = { r: (shade * 37) % 256, g: 120, b: 200 } // JPEG would lose smaller steps
    const image = sharp({ create: { width, height, channels: 3, background } }).withMetadata({ orientation })
    return this.file(name, await (/png$/i.test(name) ? image.png() : image.jpeg()).toBuffer())
  }

  /** An indexed mask: as many pixels of each value as it says, the rest background. */
  mask(name: string, pixels: Readonly<Record<number, number>>, { width = 6, height = 4 } = {}): string {
    const labels = new Uint8Array(width * height)
    const values = Object.entries(pixels).flatMap(([value, count]) => new Array<number>(count).fill(Number(value)))
    labels.set(values)
    return this.file(name, encodeLabelPng({ labels, width, height }))
  }

  /** VOC's annotation of a photo: objects by name, `name?` for a difficult one. */
  annotation(stem: string, ...objects: readonly string[]): string {
    const xml = objects.map(
      name =>
        `<object><name>${name.replace('?', '')}</name><difficult>${name.endsWith('?') ? 1 : 0}</difficult></object>`,
    )
    return this.file(
      `Annotations/${stem}.xml`,
      `<annotation><filename>${stem}.jpg</filename>${xml.join('')}</annotation>`,
    )
  }
}
