import { VOID } from '../../../shared/raster/palette'
import type { DatasetDraft } from './defineFormat'
import type { ReadPhoto } from './readPhotos'
import { namesInMask } from './importMask'
import type { MaskLookup } from './maskLookup'

/** What a person should know about the photos as a whole. */
export function photoNotes(photos: readonly ReadPhoto[]): readonly string[] {
  const turned = photos.filter(({ file }) => file.orientation > 1).length
  return turned === 0 ? [] : [`${turned} photos are turned as their EXIF orientation says.`]
}

/** What a person should know about the masks as a whole: what became void, and signs that their values mean something else. */
export function maskNotes(
  photos: readonly ReadPhoto[],
  { maskNames }: Pick<DatasetDraft, 'maskNames'>,
  lookup: MaskLookup,
  classes: readonly string[],
): readonly string[] {
  const masked = photos.filter(photo => photo.mask !== undefined)
  if (masked.length === 0) return []
  const notes: string[] = []
  if (maskNames === undefined)
    notes.push(`The masks come without names: value 1 is taken for ${classes[0]}, and so on to ${classes.length}.`)
  notes.push(...voidNotes(masked, lookup))
  const binary = masked.filter(({ mask }) => isBinary(mask!.counts)).length
  if (binary > 0)
    notes.push(`${binary} masks hold only 0 and 255, and 255 is void: a mask of one class has its value instead.`)
  const foreign = masked.filter(photo => showsNoneOfItsLabels(photo, lookup)).length
  if (foreign > 0)
    notes.push(`${foreign} masks show none of the classes that their photo is labelled with: check what values mean.`)
  return notes
}

/** Names the classes and the unnamed values whose pixels became void. */
function voidNotes(masked: readonly ReadPhoto[], { values, names }: MaskLookup): readonly string[] {
  const photosOf = new Uint32Array(256)
  for (const { mask } of masked)
    for (let value = 1; value < VOID; value++) if (mask!.counts[value]! > 0) photosOf[value]!++
  const lost = [...photosOf.entries()].filter(([value, photos]) => photos > 0 && values[value] === VOID)
  const listed = (unnamed: boolean) =>
    lost
      .filter(([value]) => (names[value] === undefined) === unnamed)
      .map(([value, photos]) => `${names[value] ?? value} in ${photos}`)
      .join(', ')
  const classes = listed(false)
  const unnamed = listed(true)
  return [
    ...(classes === '' ? [] : [`Mask pixels of classes left out became void (255): ${classes} masks.`]),
    ...(unnamed === '' ? [] : [`Mask values that name no class became void (255): ${unnamed} masks.`]),
  ]
}

function isBinary(counts: Uint32Array): boolean {
  return counts[VOID]! > 0 && counts.subarray(1, VOID).every(count => count === 0)
}

function showsNoneOfItsLabels({ draft, mask }: ReadPhoto, lookup: MaskLookup): boolean {
  if (draft.labels === 'from-mask') return false
  const shown = namesInMask(mask!.counts, lookup)
  const { present } = draft.labels
  return shown.length > 0 && present.length > 0 && !present.some(name => shown.includes(name))
}
