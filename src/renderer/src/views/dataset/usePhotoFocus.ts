import { ref, watch, type Ref } from 'vue'
import type { PhotoList } from '../../composables/usePhotoList'
import type { DatasetAddress } from './useDatasetAddress'

export interface PhotoFocus {
  /** Place of the photo that is looked at; −1: none, or not known yet; a half: it left the list between these two. */
  readonly focused: Ref<number>
  readonly focus: (index: number) => void
  /** Finds the place of the photo that is looked at: the list is another one now. */
  readonly seek: () => Promise<void>
}

/** Place of a photo in the list; null: it is not in it. */
type FetchPlace = (image: number) => Promise<number | null>

/** Which photo is looked at: its id goes into the address, and its place follows it where the list changes. */
export function usePhotoFocus(address: DatasetAddress, list: PhotoList, fetchPlace: FetchPlace): PhotoFocus {
  const focused = ref(-1)
  /** Its id, before the router has written it; undefined: none, or it is on its way. */
  let looked = address.photo.value
  let asked = 0

  function focus(index: number): void {
    focused.value = index
    look(list.at(index)?.id)
  }

  function look(id: number | undefined): void {
    looked = id
    if (id !== undefined) address.setPhoto(id)
  }

  async function seek(): Promise<void> {
    const [image, question] = [looked, ++asked]
    if (image === undefined) return
    const place = await fetchPlace(image)
    if (question !== asked || image !== looked) return
    if (place !== null) focused.value = place
    else if (focused.value >= 0 && Number.isInteger(focused.value)) focused.value -= 0.5
  }
  /** Where the list cannot be read it says so itself. */
  const seekQuietly = () => void seek().catch(() => undefined)

  // A photo that was still on its way when its place was focused is told to the address. Another one at the place of the
  // photo that is looked at is not: labels were edited or photos imported, and nobody chose it.
  watch(
    () => list.at(focused.value)?.id,
    id => {
      if (id === undefined || id === looked) return
      if (looked === undefined) look(id)
      else seekQuietly()
    },
  )
  // One that left the list may have come back, as by undo.
  watch(list.total, () => {
    if (!Number.isInteger(focused.value)) seekQuietly()
  })
  watch(
    () => JSON.stringify([address.filter.value, address.sort.value]),
    () => {
      focused.value = -1
      looked = address.photo.value
      asked++
    },
  )
  return { focused, focus, seek }
}
