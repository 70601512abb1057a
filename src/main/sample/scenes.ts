/** The kinds of place a photo may show. */
export const sceneKinds = ['livingRoom', 'kitchen', 'street', 'meadow', 'sea', 'railway', 'sky'] as const
export type SceneKind = (typeof sceneKinds)[number]

/** Where in a scene an object may be. */
export type ZoneName = 'ground' | 'water' | 'road' | 'rails' | 'table' | 'air'

export interface SceneRule {
  /** Share of the photos; the shares sum to 1. */
  readonly share: number
  /** A class not named never appears in this scene. */
  readonly homes: Readonly<Record<string, Home>>
}

/** Where a class is within a scene. */
export interface Home {
  readonly zone: ZoneName
  /** How readily it is found there, against other scenes. */
  readonly weight: number
  /** Its height here, metres, where that differs: what sits on a table is small. */
  readonly metres?: readonly [number, number]
}

/** So strong that the scene's own class is chosen first: these are the contexts that a class activation map leaks onto. */
const always = 1e6

/**
 * Context, on purpose. A boat is always on waves, a train on rails, a cup on a table, an aeroplane in the sky, a car
 * mostly on a road and a horse mostly on grass; dogs and cats go everywhere. The shares leave a third of the
 * seas without a boat and some rails without a train, so that context can be told from the object at all.
 */
export const scenes: Readonly<Record<SceneKind, SceneRule>> = {
  livingRoom: {
    share: 0.2,
    homes: { cat: { zone: 'ground', weight: 5 }, dog: { zone: 'ground', weight: 6 } },
  },
  kitchen: {
    share: 0.085,
    homes: { cup: { zone: 'table', weight: always }, cat: { zone: 'table', weight: 1.2, metres: [0.17, 0.22] } },
  },
  street: {
    share: 0.2,
    homes: {
      car: { zone: 'road', weight: 6 },
      bicycle: { zone: 'ground', weight: 6 },
      dog: { zone: 'ground', weight: 5 },
      cat: { zone: 'ground', weight: 2 },
    },
  },
  meadow: {
    share: 0.19,
    homes: {
      horse: { zone: 'ground', weight: 20 },
      dog: { zone: 'ground', weight: 5 },
      cat: { zone: 'ground', weight: 2 },
      bicycle: { zone: 'ground', weight: 2 },
      car: { zone: 'ground', weight: 3 },
      aeroplane: { zone: 'air', weight: 2 },
    },
  },
  sea: {
    share: 0.185,
    homes: {
      boat: { zone: 'water', weight: always },
      dog: { zone: 'ground', weight: 6 },
      cat: { zone: 'ground', weight: 1.5 },
      horse: { zone: 'ground', weight: 3 },
      aeroplane: { zone: 'air', weight: 2 },
    },
  },
  railway: {
    share: 0.115,
    homes: {
      train: { zone: 'rails', weight: always },
      car: { zone: 'ground', weight: 1.5 },
      dog: { zone: 'ground', weight: 3 },
      cat: { zone: 'ground', weight: 2 },
      bicycle: { zone: 'ground', weight: 2 },
    },
  },
  sky: {
    share: 0.025,
    homes: { aeroplane: { zone: 'air', weight: always } },
  },
}
