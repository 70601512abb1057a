import { VOID } from '../../../../shared/raster/palette'
import type { ScoreGrid } from '../../../../shared/raster/labelsFromScores'
import type { Layer } from '../../gl/scene'
import { labelPixels } from '../../styles/maskColours'
import type { Side } from './photoSides'

/** How the maps of a layer are shown. */
export interface LayerLook {
  readonly show: 'map' | 'mask'
  /** The stored cells as they are, instead of resized to the photo. */
  readonly cells: boolean
  /** The last colour is the map's own largest score instead of 1. */
  readonly ownScale: boolean
}

let colours: Uint8Array | undefined

/** Colours of labels over a photo: classes opaque, void half, background clear; the opacity is the layer's. */
export function maskColours(): Uint8Array {
  if (colours === undefined) {
    colours = new Uint8Array(labelPixels(undefined))
    for (let label = 1; label < VOID; label++) colours[label * 4 + 3] = 255
    colours[VOID * 4 + 3] = 160
  }
  return colours
}

/** The row of a class among a photo's maps; undefined where there is none. */
export function rowOf({ keys }: ScoreGrid, chosen: number | 'strongest'): number | 'strongest' | undefined {
  if (chosen === 'strongest') return chosen
  const row = keys.indexOf(chosen)
  return row === -1 ? undefined : row
}

/** The largest stored score of a row; 0 where there is no map. */
export function peakOf({ maps, keys }: ScoreGrid, row: number | 'strongest' | undefined): number {
  if (row === undefined || keys.length === 0) return 0
  const area = maps.length / keys.length
  const values = row === 'strongest' ? maps : maps.subarray(row * area, (row + 1) * area)
  return values.reduce((most, value) => Math.max(most, value), 0)
}

/** The score that has the last colour: 1, or this map's own maximum where that was asked for. */
export function scaleEndOf(grid: ScoreGrid, row: number | 'strongest' | undefined, ownScale: boolean): number {
  return ownScale ? peakOf(grid, row) || 1 : 1
}

/** What a side looks like under the choice. @param grid the side's maps, or others in their place */
export function sceneLayer(
  { content }: Side,
  choice: LayerLook,
  chosenClass: number | 'strongest',
  grid: ScoreGrid | undefined,
): Layer {
  if (content.kind === 'photo') return { kind: 'photo' }
  if (content.kind === 'labels') {
    const { labels, ...size } = content.image
    return { kind: 'labels', labels, size, colours: maskColours() }
  }
  if (content.kind === 'edges') {
    const scaleEnd = scaleEndOf(content.grid, 0, choice.ownScale)
    return { kind: 'map', grid: content.grid, row: 0, cells: choice.cells, scaleEnd }
  }
  const shown = grid ?? content.maps
  if (choice.show === 'mask') return { kind: 'mask', grid: shown, colours: maskColours() }
  const row = rowOf(shown, chosenClass)
  return { kind: 'map', grid: shown, row, cells: choice.cells, scaleEnd: scaleEndOf(shown, row, choice.ownScale) }
}

/** Maps with one class's map replaced, as a selection of prototypes makes it. */
export function withMap(grid: ScoreGrid, place: number, map: Float32Array): ScoreGrid {
  const row = grid.keys.indexOf(place)
  if (row === -1) return grid
  const maps = Float32Array.from(grid.maps)
  maps.set(map, row * map.length)
  return { keys: grid.keys, width: grid.width, height: grid.height, maps }
}
