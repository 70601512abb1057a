import { computed, ref, shallowRef, type ShallowRef } from 'vue'
import type { MaskVersion, ReviewPhoto } from '../../../../../shared/contract/review'
import { blobUrl } from '../../../api/photoBytes'
import { labelImage, type LabelImage } from '../../../composables/useLabelImage'
import { useLoad } from '../../../composables/useLoad'
import type { Layer } from '../../../gl/scene'
import { usePhotoBytesStore } from '../../../stores/photoBytes'
import { loadSide, type Side } from '../../shared/photoSides'
import { maskColours, rowOf, sceneLayer } from '../../shared/sceneLayer'
import { corrected, type DeskLayer } from './deskLayers'
import type { OpenedPhoto } from '../desk/openedPhoto'
import type { EditorState } from '../editor/useEditorState'

/** What a side shows beside the mask itself, once it is fetched. */
type Fetched =
  | { readonly kind: 'side'; readonly side: Side }
  | { readonly kind: 'labels'; readonly image: LabelImage }
  | { readonly kind: 'none' }

/** What is drawn: the mask while it changes, on its own, against another one, or beside a layer of the runs. */
export function useDeskPicture(
  current: Readonly<ShallowRef<OpenedPhoto | undefined>>,
  { pixels, settings }: Pick<EditorState, 'pixels' | 'settings'>,
) {
  const bytes = usePhotoBytesStore()
  const left = shallowRef<DeskLayer>(corrected)
  const right = shallowRef<DeskLayer>()
  const peeking = ref(false)
  /** Saved since the photo was opened, too. */
  const versions = shallowRef<readonly MaskVersion[]>([])

  const side = (chosen: () => DeskLayer | undefined) =>
    useLoad(
      () => {
        const [photo, layer] = [current.value, chosen()]
        return photo === undefined || layer === undefined ? undefined : { image: photo.image, layer }
      },
      async ({ image, layer }) => ({
        image,
        layer,
        content: await contentOf(current.value!, layer, versions.value, bytes),
      }),
    )
  const sides = { left: side(() => left.value), right: side(() => right.value) }

  function layerOf(photo: OpenedPhoto, layer: DeskLayer, load: (typeof sides)['left']): Layer {
    const { document, settings } = photo.editor
    const [labels, size] = [document.labels as Uint8Array, document.size]
    const mask = { kind: 'labels', labels, size, changing: document } as const
    if (layer.kind === 'corrected') return { ...mask, colours: maskColours() }
    const fetched = load.value.value
    const content = fetched?.image === photo.image && sameLayer(fetched.layer, layer) ? fetched.content : undefined
    if (content?.kind === 'labels') return { ...mask, colours: differenceColours(), unlike: content.image.labels }
    if (content?.kind !== 'side') return { kind: 'photo' }
    const chosen = chosenClass(content.side, settings.label)
    return sceneLayer(content.side, { show: 'map', cells: false, ownScale: false }, chosen, undefined)
  }

  const layers = computed<readonly [Layer] | readonly [Layer, Layer]>(() => {
    const photo = current.value
    void [pixels.value, settings.value]
    if (photo === undefined || peeking.value) return [{ kind: 'photo' }]
    const first = layerOf(photo, left.value, sides.left)
    return right.value === undefined ? [first] : [first, layerOf(photo, right.value, sides.right)]
  })
  const problem = computed(() => {
    const contents = [sides.left.value.value?.content, right.value && sides.right.value.value?.content]
    return contents.map(content => (content?.kind === 'side' ? content.side.problem : undefined)).find(text => text)
  })

  /** The mask beside one of its versions; undefined: the mask alone. */
  function compare(version: number | undefined, known: readonly MaskVersion[]): void {
    versions.value = known
    left.value = version === undefined ? corrected : { kind: 'version', version }
  }
  /** Whoever draws wants to see the mask: a layer of the runs gives way to it. */
  function showMask(): void {
    if (left.value.kind === 'other') left.value = corrected
  }

  return { left, right, peeking, layers, problem, compare, showMask }
}

async function contentOf(
  { fetched: { reviewed, facts } }: OpenedPhoto,
  layer: DeskLayer,
  versions: readonly MaskVersion[],
  bytes: ReturnType<typeof usePhotoBytesStore>,
): Promise<Fetched> {
  if (layer.kind === 'other')
    return { kind: 'side', side: await loadSide(layer.name, reviewed.project, facts.layers, bytes) }
  const blob = blobOf(facts, layer, versions)
  if (blob === null) return { kind: 'none' }
  return { kind: 'labels', image: await labelImage(blobUrl(reviewed.project, blob)) }
}

/** The label map that a layer is compared with; null: none. */
function blobOf({ mask, layers }: ReviewPhoto, layer: DeskLayer, versions: readonly MaskVersion[]): string | null {
  if (layer.kind === 'difference') return layer.to === 'truth' ? layers.truth : (mask.origin?.blob ?? null)
  if (layer.kind !== 'version') return null
  if (layer.version === 0) return mask.origin?.blob ?? null
  return versions.find(({ version }) => version === layer.version)?.blob ?? null
}

function sameLayer(a: DeskLayer, b: DeskLayer): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** The map of the class in hand; of one without a map, the strongest of all. */
function chosenClass({ content }: Side, label: number): number | 'strongest' {
  return content.kind === 'scores' && rowOf(content.maps, label - 1) !== undefined ? label - 1 : 'strongest'
}

let marked: Uint8Array | undefined

/** Colours of labels where they differ from others: background is seen, too. */
function differenceColours(): Uint8Array {
  marked ??= Uint8Array.from(maskColours(), (value, i) => (i < 4 ? [255, 122, 51, 255][i]! : value))
  return marked
}
