import type { ByteSource } from './byteSource'
import type { Refuse } from '../../shared/tensors/refusal'
import { collectTensors } from './stateDict'
import { itemSize, type StateDict } from '../../shared/tensors/tensors'
import { torchDialect, type TorchStorage } from './torchPickle'
import { materialise } from './torchTensors'
import { unpickle } from './unpickler'
import { ZipArchive, type ZipMember } from './zipArchive'

const LARGEST_PICKLE = 2 ** 26

/**
 * The state_dict of a PyTorch ≥ 1.6 checkpoint: a zip of stored members under one folder: `data.pkl` with the names and
 * shapes, `data/<key>` with the values. Storages of the state_dict alone are read, each once.
 */
export async function readTorchZip(source: ByteSource, refuse: Refuse): Promise<StateDict> {
  const archive = await ZipArchive.open(source, refuse)
  const folder = rootFolder([...archive.members.keys()], refuse)
  const storages = new Map<string, TorchStorage>()
  const pickle = await readPickle(archive, folder, refuse)
  const { value, end } = unpickle(pickle, 0, torchDialect(storages), refuse)
  if (end !== pickle.length) throw refuse(`${pickle.length - end} bytes follow the end of its data.pkl`)
  const members = new Map<TorchStorage, ZipMember>()
  for (const storage of storages.values()) members.set(storage, storageMember(archive, folder, storage, refuse))
  const tensors = collectTensors(value, refuse)
  return materialise(tensors, storage => archive.readStored(members.get(storage)!), refuse)
}

/** The one folder that all members share: the file's first name, or `archive`. */
function rootFolder(names: readonly string[], refuse: Refuse): string {
  const folder = names[0]?.split('/', 1)[0] ?? ''
  if (!names.includes(`${folder}/data.pkl`)) throw refuse('it is a zip file, but not a PyTorch checkpoint')
  const stranger = names.find(name => !name.startsWith(`${folder}/`))
  if (stranger !== undefined) throw refuse(`its member ${JSON.stringify(stranger)} is outside the folder "${folder}"`)
  if (names.some(name => name === `${folder}/constants.pkl` || name.startsWith(`${folder}/code/`)))
    throw refuse('it is a TorchScript program, not weights; in Python, save its state_dict() instead')
  return folder
}

async function readPickle(archive: ZipArchive, folder: string, refuse: Refuse): Promise<Uint8Array> {
  const byteOrder = archive.members.get(`${folder}/byteorder`)
  if (byteOrder && byteOrder.size > 16) throw refuse('its byte order is not given')
  const order = byteOrder ? Buffer.from(await archive.readStored(byteOrder)).toString('latin1') : 'little'
  if (order !== 'little') throw refuse(`its values are ${JSON.stringify(order)}-endian`)
  const pickle = archive.members.get(`${folder}/data.pkl`)!
  if (pickle.size > LARGEST_PICKLE)
    throw refuse(`its data.pkl has ${pickle.size} bytes, the limit is ${LARGEST_PICKLE}`)
  return archive.readStored(pickle)
}

function storageMember(archive: ZipArchive, folder: string, storage: TorchStorage, refuse: Refuse): ZipMember {
  const member = archive.members.get(`${folder}/data/${storage.key}`)
  const wanted = storage.count * itemSize(storage.dtype)
  if (!member) throw refuse(`the values of the storage "${storage.key}" are missing`)
  if (member.size !== wanted)
    throw refuse(`the storage "${storage.key}" has ${member.size} bytes, ${wanted} were announced`)
  return member
}
