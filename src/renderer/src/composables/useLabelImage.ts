import { shallowRef, watch, type ShallowRef } from 'vue'
import { WorkbenchError } from '../../../shared/errors'
import { vocLabel } from '../../../shared/raster/palette'
import type { Size } from '../../../shared/raster/size'
import { seedsTexts } from '../texts/seeds'

/** Labels of a photo's pixels. */
export interface LabelImage extends Size {
  /** `[height, width]`: 0 background, 1 … C, 255 void. */
  readonly labels: Uint8Array
}

/** Bytes of maps that are kept decoded, a byte a pixel: some screens full of small photos, or four of 24 megapixels. */
const mostBytes = 96 * 2 ** 20
/** Decoded maps and those on their way, the one that was asked for last at the end. */
const kept = new Map<string, { readonly reading: Promise<LabelImage>; bytes: number }>()

/** A label map of the project by its address: blobs never change, so that each is decoded once. */
export function useLabelImage(url: () => string | undefined): {
  readonly image: ShallowRef<LabelImage | undefined>
  readonly failed: ShallowRef<boolean>
} {
  const image = shallowRef<LabelImage>()
  const failed = shallowRef(false)
  watch(
    url,
    async wanted => {
      image.value = undefined
      failed.value = false
      if (wanted === undefined) return
      try {
        const read = await labelImage(wanted)
        if (url() === wanted) image.value = read
      } catch {
        if (url() === wanted) failed.value = true
      }
    },
    { immediate: true },
  )
  return { image, failed }
}

/** @throws where there is no such label map any more */
export function labelImage(url: string): Promise<LabelImage> {
  const known = kept.get(url)
  kept.delete(url)
  const one = known ?? { reading: readLabels(url), bytes: 0 }
  kept.set(url, one)
  if (known === undefined)
    one.reading.then(
      ({ labels }) => {
        one.bytes = labels.length
        makeRoom()
      },
      () => kept.delete(url),
    )
  return one.reading
}

/** The ones that nobody asked for longest go; the newest stays however large it is. */
function makeRoom(): void {
  let bytes = [...kept.values()].reduce((sum, one) => sum + one.bytes, 0)
  for (const [url, one] of [...kept].slice(0, -1)) {
    if (bytes <= mostBytes) return
    bytes -= one.bytes
    kept.delete(url)
  }
}

/** Our label maps have VOC's colours: the browser decodes the PNG, and each colour is one label. */
async function readLabels(url: string): Promise<LabelImage> {
  // A browser keeps blobs for good: what it kept while the file was damaged is asked for anew.
  const bytes = await wholeBytes(url, 'default').catch(() => wholeBytes(url, 'reload'))
  const bitmap = await createImageBitmap(new Blob([bytes]), {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  })
  const { width, height } = bitmap
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  const { data } = context.getImageData(0, 0, width, height)
  const labels = new Uint8Array(width * height)
  for (let i = 0; i < labels.length; i++) labels[i] = vocLabel(data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!)
  return { width, height, labels }
}

async function wholeBytes(url: string, cache: RequestCache): Promise<ArrayBuffer> {
  const response = await fetch(url, { cache }).catch((cause: unknown) => {
    throw new WorkbenchError('INTERNAL', seedsTexts.noAnswer, { cause })
  })
  if (!response.ok) throw new WorkbenchError('FILE_UNREADABLE', await response.text())
  const bytes = await response.arrayBuffer()
  await assertWhole(bytes, url)
  return bytes
}

/**
 * A blob's name is the hash of its bytes. A browser shows a truncated PNG as far as it goes: what is missing would count as
 * background, and be saved as such.
 * @throws FILE_UNREADABLE
 */
async function assertWhole(bytes: ArrayBuffer, url: string): Promise<void> {
  const [named] = /[0-9a-f]{64}/.exec(url) ?? []
  if (named === undefined) return
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const found = Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('')
  if (found !== named) throw new WorkbenchError('FILE_UNREADABLE', `The stored mask ${named} is damaged.`)
}
