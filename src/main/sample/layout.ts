import { WorkbenchError } from '../../shared/errors'
import { pixelsPerMetre, rowOf } from './camera'
import type { Pose } from './cutout'
import type { Look } from './dress'
import type { Random } from './random'
import { sampleClasses } from './sampleClasses'
import type { SampleClass } from './sampleClasses'
import { scenes } from './scenes'
import type { Home, SceneKind, ZoneName } from './scenes'
import { spriteOf } from './sprites'
import type { Sprites } from './sprites'
import type { Stage, Zone } from './stage'

/** One sprite of one object, ready to be cut out. */
export interface Figure {
  readonly icon: string
  readonly pose: Pose
  readonly look: Look
  /** 0 for scenery, else class index + 1. */
  readonly label: number
  readonly shadow: 'none' | 'contact' | 'cast' | 'reflection'
}

/** Where and what is drawn: the zones that a photo's classes live in. */
export function zonesOf(scene: SceneKind, classes: readonly number[]): Set<ZoneName> {
  const homes = scenes[scene].homes
  return new Set(classes.flatMap(index => homes[sampleClasses[index]!.name]?.zone ?? []))
}

/** What placing needs to know. */
export interface Scenery {
  readonly stage: Stage
  readonly photo: { readonly width: number; readonly height: number }
  readonly sprites: Sprites
  readonly random: Random
}

/** Puts one to three objects of each class into their zones, the scenery with them, the farthest first. */
export function arrange(kind: SceneKind, classes: readonly number[], scene: Scenery): Figure[] {
  const { stage, random } = scene
  const figures: Figure[] = stage.props.map(prop => ({
    icon: prop.icon,
    pose: prop.pose,
    label: 0,
    shadow: prop.shadow,
    look: {
      hue: prop.hue,
      turnsBlue: true,
      saturation: 0.85,
      brightness: prop.brightness,
      texture: prop.texture,
      haze: 0.1,
      seed: random.integer(0, 1e9),
    },
  }))
  for (const index of classes) {
    const { name } = sampleClasses[index]!
    const home = scenes[kind].homes[name]
    const zone = home && stage.zones[home.zone]
    if (!home || !zone) throw new WorkbenchError('INTERNAL', `a ${name} has no place in the scene ${kind}`)
    for (let left = howMany(name, random); left > 0; left--) {
      const labelled = figures.filter(figure => figure.label > 0)
      figures.push(...place(index, home, zone, scene, labelled))
    }
  }
  return figures.sort((a, b) => depthOf(a) - depthOf(b))
}

/** What flies is behind everything; the rest is ordered by where it stands. */
function depthOf(figure: Figure): number {
  return figure.shadow === 'none' && figure.label > 0 ? -1 : figure.pose.y
}

function howMany(name: string, random: Random): number {
  if (name === 'train' || name === 'aeroplane') return 1
  const draw = random.next()
  return draw < 0.7 ? 1 : draw < 0.93 ? 2 : 3
}

/** One object: its size is drawn first, then the row where something of that size must stand, then a free column. */
function place(index: number, home: Home, zone: Zone, scene: Scenery, placed: readonly Figure[]): Figure[] {
  const { stage, photo, sprites, random } = scene
  const kind = sampleClasses[index]!
  const metres = random.between(...(home.metres ?? kind.metres))
  const wanted = random.between(...kind.share) * Math.min(photo.width, photo.height)
  const inAir = home.zone === 'air'
  const row = inAir
    ? random.between(zone.top, zone.bottom) + wanted / 2
    : Math.min(zone.bottom, Math.max(zone.top, rowOf(stage.camera, wanted / metres)))
  const formation = random.pick(zone.formations ?? kind.formations)
  const long = formation.reduce((sum, part) => sum + spriteOf(sprites, partName(part)).aspect, 0)
  const fits = Math.min(0.95 * row, photo.width / long)
  const height = inAir ? wanted : Math.min(fits, metres * pixelsPerMetre(stage.camera, row))
  const pose = {
    y: row,
    height,
    squeeze: random.between(0.86, 1.08),
    tilt: ((random.between(-1, 1) * kind.tilt) / 180) * Math.PI,
  }
  const widths = formation.map(part => height * pose.squeeze * spriteOf(sprites, partName(part)).aspect)
  const total = widths.reduce((sum, width) => sum + width, 0)
  const x = zone.column?.(row) ?? freeColumn(total, photo.width, placed, random)
  const look = lookOf(kind, random)
  return standInLine(formation, widths, x - total / 2, random.chance(0.5)).map(({ icon, middle, mirrored }) => ({
    icon,
    pose: afloat({ ...pose, x: middle, mirrored }, home.zone, random),
    look,
    label: index + 1,
    shadow: shadowOf(home.zone, zone),
  }))
}

/** Share of its width after which the next part begins: no gap shows between two that belong together. */
const overlap = 0.97

/** The parts of a formation side by side from column `left`; mirrored, they also change their order. */
function standInLine(
  formation: readonly string[],
  widths: readonly number[],
  left: number,
  mirrored: boolean,
): { icon: string; middle: number; mirrored: boolean }[] {
  const parts = formation.map((part, position) => ({ part, width: widths[position]! }))
  if (mirrored) parts.reverse()
  let edge = left
  return parts.map(({ part, width }) => {
    edge += width * overlap
    return { icon: partName(part), middle: edge - (width * overlap) / 2, mirrored: part.startsWith('-') !== mirrored }
  })
}

/** Of three columns the one farthest from what is there already: things overlap now and then, not as a rule. */
function freeColumn(wide: number, photoWidth: number, placed: readonly Figure[], random: Random): number {
  const room = Math.min(0.42 * wide, 0.45 * photoWidth)
  const columns = Array.from({ length: 3 }, () => random.between(room, photoWidth - room))
  const clearance = (x: number): number => Math.min(...placed.map(({ pose }) => Math.abs(pose.x - x)), photoWidth)
  return columns.reduce((best, x) => (clearance(x) > clearance(best) ? x : best))
}

/** A boat sits in the water to a tenth of its height, and small waves lap at it. */
function afloat(pose: Pose, zone: ZoneName, random: Random): Pose {
  if (zone !== 'water') return pose
  const phase = random.between(0, 6)
  const length = Math.max(4, pose.height * 0.12)
  const water = pose.y - 0.5
  const waterline = (x: number): number => water + Math.sin(x / length + phase) * Math.max(0.6, pose.height * 0.012)
  return { ...pose, y: pose.y + 0.1 * pose.height, waterline }
}

function shadowOf(zoneName: ZoneName, zone: Zone): Figure['shadow'] {
  if (zoneName === 'air') return 'none'
  if (zoneName === 'water') return 'reflection'
  return zone.sunlit ? 'cast' : 'contact'
}

function lookOf(kind: SampleClass, random: Random): Look {
  return {
    hue: random.between(-kind.hue, kind.hue),
    turnsBlue: false,
    saturation: random.between(0.6, 1.05),
    brightness: random.between(...kind.brightness),
    texture: kind.texture,
    haze: random.between(0, 0.1),
    seed: random.integer(0, 1e9),
  }
}

function partName(part: string): string {
  return part.replace(/^-/, '')
}
