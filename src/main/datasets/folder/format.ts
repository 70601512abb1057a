import { readdir } from 'node:fs/promises'
import type { SkippedFile } from '../../../shared/contract/import'
import { assembleDraft } from '../importing/assembleDraft'
import { defineFormat } from '../importing/defineFormat'
import type { DatasetDraft, ImportSource } from '../importing/defineFormat'
import { fileKind } from '../fileKind'
import { givenMasks, wantedPhotos } from '../importing/given'
import type { PhotoLabels } from '../importing/labels/labelEntries'
import { listPhotos, PhotoIndex } from '../importing/photoFiles'
import type { PhotoFile } from '../importing/photoFiles'

export default defineFormat({
  id: 'folder',
  title: 'A folder per class',
  detect: async path =>
    (await fileKind(path)) === 'folder' && (await readdir(path, { withFileTypes: true })).some(e => e.isDirectory()),
  read: readFolder,
})

/** The first folder below the dataset's is the class: `cat/a.jpg`, `cat/indoors/b.jpg`. */
async function readFolder(source: ImportSource): Promise<DatasetDraft> {
  const photos = await listPhotos(source.images ?? source.path, source.masks)
  const index = new PhotoIndex(photos)
  const wanted = await wantedPhotos(source.split, photos, index)
  const byPhoto = new Map<string, PhotoLabels>()
  const skipped: SkippedFile[] = []
  for (const { photo } of wanted.photos) {
    const className = classOf(photo)
    if (className === undefined)
      skipped.push({ what: 'photo', file: photo.path, reason: 'it lies beside the class folders, in none of them' })
    else byPhoto.set(photo.path, { present: [className], unknown: [] })
  }
  const labels = { byPhoto, skipped, notes: [] }
  return assembleDraft({ ...wanted, ...(await givenMasks(source)), labels, labelsName: source.path })
}

function classOf({ name }: PhotoFile): string | undefined {
  const [first, ...rest] = name.split('/')
  return rest.length === 0 ? undefined : first!.trim()
}
