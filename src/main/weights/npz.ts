import { openByteSource, type ByteSource } from './byteSource'
import { parseNpy } from './npy'
import { refusal } from '../../shared/tensors/refusal'
import type { NamedTensor } from '../../shared/tensors/tensors'
import { ZipArchive } from './zipArchive'

/** Reads all arrays of a .npz file (np.savez, np.savez_compressed) by their names. */
export async function readNpz(path: string): Promise<Map<string, NamedTensor>> {
  await using source = await openByteSource(path)
  return await parseNpz(source)
}

export async function parseNpz(source: ByteSource): Promise<Map<string, NamedTensor>> {
  const archive = await ZipArchive.open(source, refusal('FILE_UNREADABLE', source.name))
  const arrays = new Map<string, NamedTensor>()
  for (const [name, member] of archive.members)
    arrays.set(name.replace(/\.npy$/, ''), parseNpy(await archive.read(member), `${name} of ${source.name}`))
  return arrays
}
