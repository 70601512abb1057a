import { paintKitchen } from './paint/kitchen'
import { paintLivingRoom } from './paint/livingRoom'
import { paintMeadow } from './paint/meadow'
import { paintRailway } from './paint/railway'
import { paintSea } from './paint/sea'
import { paintSkyScene } from './paint/sky'
import { paintStreet } from './paint/street'
import type { SceneKind } from './scenes'
import type { Brief, Stage } from './stage'

const painters: Readonly<Record<SceneKind, (brief: Brief) => Stage>> = {
  livingRoom: paintLivingRoom,
  kitchen: paintKitchen,
  street: paintStreet,
  meadow: paintMeadow,
  sea: paintSea,
  railway: paintRailway,
  sky: paintSkyScene,
}

/** Paints the place and says where things may stand in it. */
export function paintStage(kind: SceneKind, brief: Brief): Stage {
  return painters[kind](brief)
}
