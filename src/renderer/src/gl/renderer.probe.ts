import type { Rectangle } from '../../../shared/geometry/rectangle'
import type { ScoreGrid } from '../../../shared/raster/labelsFromScores'
import { CanvasRenderer } from './canvasRenderer'
import type { Layer, Scene } from './scene'
import { WebglRenderer } from './webglRenderer'

/** A scene as a test sends it: plain numbers, and the photo as one colour a pixel. */
export interface ProbedScene extends Omit<Scene, 'picture' | 'layers' | 'colourTable'> {
  readonly pixels: readonly number[]
  readonly colourTable: readonly number[]
  readonly layers: readonly ProbedLayer[]
  /** The labels of the first layer after an edit in place, and where it says that it was; drawn after the scene itself. */
  readonly edit?: { readonly labels: readonly number[]; readonly tiles: readonly Rectangle[] }
}
type Numbers<Value> = { [Key in keyof Value]: Value[Key] extends ArrayLike<number> ? readonly number[] : Value[Key] }
type ProbedGrid = Numbers<ScoreGrid>
type ProbedLayer =
  | Extract<Layer, { kind: 'photo' }>
  | (Omit<Extract<Layer, { kind: 'map' }>, 'grid'> & { readonly grid: ProbedGrid })
  | { readonly kind: 'mask'; readonly grid: ProbedGrid; readonly colours: readonly number[] }
  | Numbers<Extract<Layer, { kind: 'labels' }>>

/** Draws a scene and reads the canvas back. @returns RGBA of the view's pixels, from the upper left corner on */
async function drawProbed(kind: 'webgl2' | 'canvas2d', scene: ProbedScene): Promise<number[]> {
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(scene.view.width * scene.ratio)
  canvas.height = Math.round(scene.view.height * scene.ratio)
  const gl = kind === 'webgl2' ? canvas.getContext('webgl2', { preserveDrawingBuffer: true }) : null
  const renderer = gl ? new WebglRenderer(gl) : new CanvasRenderer(canvas)
  const revived = await revive(scene)
  renderer.draw(revived)
  if (scene.edit !== undefined) renderer.draw(edited(revived, scene.edit))
  if (gl?.getError()) throw new Error('WebGL has found an error')
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')!
  copy.drawImage(canvas, 0, 0)
  renderer.close()
  return [...copy.getImageData(0, 0, canvas.width, canvas.height).data]
}

async function revive(scene: ProbedScene): Promise<Scene> {
  const { width, height } = scene.photo
  const image = new ImageData(Uint8ClampedArray.from(scene.pixels), width, height)
  const picture = await createImageBitmap(image, { premultiplyAlpha: 'none' })
  const layers = scene.layers.map(reviveLayer) as [Layer]
  return { ...scene, picture, layers, colourTable: Uint8Array.from(scene.colourTable) }
}

/** The same scene with other labels in the same array. */
function edited(scene: Scene, { labels, tiles }: NonNullable<ProbedScene['edit']>): Scene {
  const [layer] = scene.layers
  if (layer.kind !== 'labels') return scene
  layer.labels.set(labels)
  return { ...scene, layers: [{ ...layer, changing: { version: 1, tilesChangedSince: () => tiles } }] }
}

function reviveLayer(layer: ProbedLayer): Layer {
  if (layer.kind === 'photo') return layer
  if (layer.kind === 'labels')
    return {
      ...{ kind: layer.kind, size: layer.size },
      labels: Uint8Array.from(layer.labels),
      colours: Uint8Array.from(layer.colours),
      ...(layer.unlike === undefined ? {} : { unlike: Uint8Array.from(layer.unlike) }),
    }
  const { keys, maps, width, height } = layer.grid
  const grid = { keys: Int32Array.from(keys), maps: Float32Array.from(maps), width, height }
  return layer.kind === 'map' ? { ...layer, grid } : { ...layer, grid, colours: Uint8Array.from(layer.colours) }
}

Object.assign(globalThis, { drawProbed })
