import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { WorkbenchError } from '../../../shared/errors'
import { refusal } from '../../../shared/tensors/refusal'
import { openByteSource } from '../../weights/byteSource'
import { ZipArchive } from '../../weights/zipArchive'
import { fileKind } from '../fileKind'
import { stemOf } from '../importing/photoFiles'

/** `labelmap.txt` and the pictures of a set of masks, in a folder or a zip. */
export interface MaskSet {
  readonly labelMap: string | undefined
  /** By stem. */
  readonly masks: ReadonlyMap<string, () => Promise<Uint8Array>>
}

const MASKS = /^(?:.*\/)?SegmentationClass\/[^/]+\.png$/i
const LABEL_MAP = /^(?:[^/]+\/)?labelmap\.txt$/i
/** What a zip may unpack to: more than this is unpacked into a folder by hand first. */
const LARGEST_TOTAL = 2 ** 30

export async function openMaskSet(path: string): Promise<MaskSet> {
  return (await fileKind(path)) === 'file' ? zippedSet(path) : folderSet(path)
}

async function folderSet(folder: string): Promise<MaskSet> {
  const names = (await readdir(join(folder, 'SegmentationClass'))).filter(name => /\.png$/i.test(name))
  const file = join(folder, 'labelmap.txt')
  return {
    labelMap: (await fileKind(file)) === 'file' ? await readFile(file, 'utf8') : undefined,
    masks: new Map(names.map(name => [stemOf(name), () => readFile(join(folder, 'SegmentationClass', name))])),
  }
}

/** Nothing is unpacked to disk, and no name in the zip is used as a path. */
async function zippedSet(path: string): Promise<MaskSet> {
  await using source = await openByteSource(path)
  const zip = await ZipArchive.open(source, refusal('FILE_UNREADABLE', path))
  const wanted = [...zip.members.values()].filter(({ name }) => MASKS.test(name) || LABEL_MAP.test(name))
  const total = wanted.reduce((sum, { size }) => sum + size, 0)
  if (total > LARGEST_TOTAL)
    throw new WorkbenchError('UNSUPPORTED', `${path} unpacks to ${total} bytes: unpack it and name the folder.`)
  let labelMap: string | undefined
  const masks = new Map<string, () => Promise<Uint8Array>>()
  for (const member of wanted) {
    const bytes = await zip.read(member)
    if (LABEL_MAP.test(member.name)) labelMap = Buffer.from(bytes).toString('utf8')
    else masks.set(stemOf(member.name), () => Promise.resolve(bytes))
  }
  return { labelMap, masks }
}
