import { computed, onScopeDispose, ref, shallowReactive, shallowRef, watch } from 'vue'
import type { ReviewMask, ReviewSource } from '../../../../shared/contract/review'
import { api } from '../../api/client'
import { errorOf } from '../../api/errorOf'
import type { StandingMask } from '../../api/reviewBytes'
import { Editor, type EditorEvent } from '../../editor/core/editor'
import { defaultSettings } from '../../editor/core/editorSettings'
import type { Clip, Refusal, ToolId } from '../../editor/core/tool'
import { useLiveStore } from '../../stores/live'
import { useNoticesStore } from '../../stores/notices'
import { usePhotoBytesStore } from '../../stores/photoBytes'
import { reviewTexts } from '../../texts/review'
import { keeperOf } from './keeperOf'
import { fetchReviewed, rebuildMask, type FetchedPhoto } from './openPhoto'
import type { OutboxState } from './outbox'
import { LoadedResources } from './photoResources'
import { PhotoSaver } from './photoSaver'

/** A photo on the desk: its mask is edited here and nowhere else in this window. */
export interface OpenedPhoto {
  readonly fetched: FetchedPhoto
  readonly image: number
  readonly editor: Editor
  readonly resources: LoadedResources
  readonly saver: PhotoSaver
}

export interface DeskKey {
  readonly project: string
  readonly source: ReviewSource | null
  readonly image: number | undefined
  /** Pixels of a photo's longer side at most. */
  readonly longest: number
}

/** Photos that were left stay open this long, with their undo in memory. */
const mostOpen = 3
const mostFetched = 6

/** The photo that is edited, those that were just left, and those that come next. */
export function useReviewDesk(key: () => DeskKey, refused: (refusal: Refusal) => void) {
  const bytes = usePhotoBytesStore()
  const notices = useNoticesStore()
  const current = shallowRef<OpenedPhoto>()
  const error = shallowRef<unknown>()
  /** Rises with everything that the editor tells: what is read from it is read again. */
  const revision = ref(0)
  const savings = shallowReactive(new Map<number, { readonly state: OutboxState; readonly mask: ReviewMask }>())
  const opened = new Map<string, OpenedPhoto>()
  const fetched = new Map<string, Promise<FetchedPhoto>>()
  const hand = { settings: defaultSettings, tool: 'brush' as ToolId, clip: undefined as Clip | undefined }
  let asked = 0

  const nameOf = (image: number) => JSON.stringify([key().project, key().source, image])

  function fetchOnce(image: number): Promise<FetchedPhoto> {
    const name = nameOf(image)
    const { project, source, longest } = key()
    const known = fetched.get(name)
    if (known !== undefined) return known
    const fetching = fetchReviewed({ project, source, image }, longest, bytes)
    fetched.set(name, fetching)
    fetching.catch(() => fetched.delete(name))
    for (const oldest of [...fetched.keys()].slice(0, -mostFetched)) fetched.delete(oldest)
    return fetching
  }

  /** Fetches a photo that will be asked for. */
  function prefetch(image: number): void {
    if (!opened.has(nameOf(image))) void fetchOnce(image).catch(() => undefined)
  }

  async function open(): Promise<void> {
    const { image } = key()
    const question = ++asked
    if (image === undefined) return
    leave()
    try {
      const name = nameOf(image)
      const photo = opened.get(name) ?? begin(await fetchOnce(image))
      if (question !== asked) return
      keep(name, photo)
      takeUp(photo)
      error.value = undefined
    } catch (cause) {
      if (question !== asked) return
      current.value = undefined
      error.value = cause
    }
  }

  /** Tools, class and sizes go on as they were on the last photo. */
  function takeUp(photo: OpenedPhoto): void {
    const { editor } = photo
    if (editor.settings !== hand.settings) editor.configure(hand.settings)
    if (editor.toolId !== hand.tool) editor.choose(hand.tool)
    fetched.delete(nameOf(photo.image))
    current.value = photo
    revision.value++
  }

  function begin(photo: FetchedPhoto): OpenedPhoto {
    const { document, deltas, position, applied } = rebuildMask(photo)
    const { image } = photo.reviewed
    const { mask, journal } = photo.facts
    const resources = new LoadedResources(photo.picture, document.size)
    const saver = new PhotoSaver({
      ...{ mask, journal, errorOf, keeper: keeperOf(photo.reviewed) },
      labels: () => document.labels as Uint8Array,
      report: (state, now) => {
        savings.set(image, { state, mask: now })
        if (state.kind === 'conflict') void lookAtConflict(image)
      },
    })
    const base = journal.first - 1
    const tell = (event: EditorEvent) => {
      revision.value++
      if (event.type === 'committed') saver.stroke(event.step.delta.bytes)
      if (event.type === 'moved') saver.moved(base + editor.history.dropped + event.position)
      if (event.type === 'settings') hand.settings = event.settings
      if (event.type === 'refused') refused(event.refusal)
    }
    const editor: Editor = new Editor({ document, resources, tell, ...hand })
    editor.history.restore(deltas, position, applied)
    savings.set(image, { state: saver.state, mask })
    return { fetched: photo, image, editor, resources, saver }
  }

  async function lookAtConflict(image: number): Promise<void> {
    const { project, source } = key()
    await notices.attempt(async () => {
      theirVersion.value = (await api.review.photo.query({ project, source, image })).mask.version
    })
  }

  function keep(name: string, photo: OpenedPhoto): void {
    opened.delete(name)
    opened.set(name, photo)
    for (const [oldest, { saver, image }] of opened) {
      if (opened.size <= mostOpen) break
      if (saver.isBusy) continue // it goes when it is saved
      opened.delete(oldest)
      savings.delete(image)
    }
  }

  /** What was drawn is saved; what is in progress is not. */
  function leave(): void {
    const photo = current.value
    if (photo === undefined) return
    photo.editor.cancel()
    hand.clip = photo.editor.clip
    void photo.saver.flush()
  }

  function choose(tool: ToolId): void {
    hand.tool = tool
    current.value?.editor.choose(tool)
  }

  /** The version that another window made, while this one is in conflict with it. */
  const theirVersion = ref(0)

  async function standing(photo: OpenedPhoto): Promise<StandingMask> {
    const { mask, journal } = await api.review.photo.query(photo.fetched.reviewed)
    return { mask, journal }
  }

  async function keepMine(): Promise<void> {
    const photo = current.value
    if (photo !== undefined) await notices.attempt(async () => photo.saver.overrule(await standing(photo)))
  }

  async function takeTheirs(): Promise<void> {
    current.value?.saver.drop()
    await reload()
  }

  /** Makes an earlier version the newest. @param version 0: what the run had made */
  async function restore(version: number): Promise<void> {
    const photo = current.value
    if (photo === undefined) return
    await notices.attempt(async () => {
      await photo.saver.flush()
      const { project, image } = photo.fetched.reviewed
      const seen = { version: photo.saver.mask.version, revision: photo.saver.journal.revision }
      await api.review.restore.mutate({ project, image, restore: version, ...seen })
      notices.say({ kind: 'done', text: reviewTexts.versions.done(version) })
      await reload()
    })
  }

  function retry(): void {
    for (const { saver } of opened.values()) saver.retry()
  }

  /** Fetches the photo anew: what is on the disk is another mask than the one here. */
  async function reload(): Promise<void> {
    const { image } = key()
    if (image === undefined) return
    opened.delete(nameOf(image))
    fetched.delete(nameOf(image))
    await open()
  }

  watch(
    () => nameOf(key().image ?? 0),
    () => void open(),
    { immediate: true },
  )
  /** A photo larger than every renderer can show was fetched small: this one may take more of it. */
  watch(
    () => key().longest,
    most => {
      const photo = current.value
      if (photo === undefined) return
      const { width, height } = photo.editor.document.size
      if (photo.fetched.picture.width < width && Math.max(width, height) <= most) void reload()
    },
  )
  const stop = useLiveStore().listen(event => {
    if (event.type === 'reset' || (event.type === 'review' && event.project === key().project)) {
      if (event.type === 'review' && event.image !== null) fetched.delete(nameOf(event.image))
      else fetched.clear()
    }
  })
  const warn = (event: BeforeUnloadEvent) => {
    if ([...opened.values()].some(({ saver }) => saver.isBusy)) event.preventDefault()
  }
  window.addEventListener('beforeunload', warn)
  onScopeDispose(() => {
    leave()
    stop()
    window.removeEventListener('beforeunload', warn)
  })

  /** The worst of all photos that are on their way to the disk: what the person must know. */
  const saving = computed(() => worstOf([...savings.values()].map(({ state }) => state)))
  /** Everything that was sent is stored, or cannot be. */
  async function settled(): Promise<void> {
    await Promise.all([...opened.values()].map(({ saver }) => saver.settled()))
  }

  /** The server says how a mask stands now. */
  function follow(image: number, mask: ReviewMask): void {
    fetched.delete(nameOf(image))
    opened.get(nameOf(image))?.saver.follow(mask)
  }

  return {
    ...{ current, error, revision, savings, saving, theirVersion, hand },
    ...{ open, prefetch, choose, reload, settled, follow, keepMine, takeTheirs, restore, retry },
  }
}

const badness: Readonly<Record<OutboxState['kind'], number>> = { saved: 0, saving: 1, failed: 2, conflict: 3 }

function worstOf(states: readonly OutboxState[]): OutboxState {
  return states.reduce<OutboxState>((worst, state) => (badness[state.kind] > badness[worst.kind] ? state : worst), {
    kind: 'saved',
  })
}
