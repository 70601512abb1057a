import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

/** Screen px. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const stateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximized: z.boolean(),
})
export type WindowState = z.output<typeof stateSchema>

/** Every screen of the program holds what it shows from this size on. */
export const smallestWindow = { width: 1024, height: 640 } as const
const firstSize = { width: 1440, height: 900 } as const
/** Part of a window's title bar that must be within reach of the pointer. */
const reachable = 100

/**
 * Where the window opens: where it was, unless a screen was taken away or made smaller since.
 *
 * @param screens the free areas, the main one first; never empty
 */
export function placeWindow(kept: WindowState | undefined, screens: readonly Rectangle[]): WindowState {
  const home = (kept && screens.find(screen => isReachable(kept, screen))) ?? screens[0]!
  const width = Math.min(kept?.width ?? firstSize.width, home.width)
  const height = Math.min(kept?.height ?? firstSize.height, home.height)
  const maximized = kept?.maximized ?? false
  if (kept === undefined || !isReachable(kept, home)) {
    const x = home.x + Math.floor((home.width - width) / 2)
    const y = home.y + Math.floor((home.height - height) / 2)
    return { x, y, width, height, maximized }
  }
  const x = clamp(kept.x, home.x, home.x + home.width - width)
  const y = clamp(kept.y, home.y, home.y + home.height - height)
  return { x, y, width, height, maximized }
}

/** A file that is missing or damaged is no place. */
export function readWindowState(file: string): WindowState | undefined {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

export function keepWindowState(file: string, state: WindowState): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify(state))
  } catch {
    // The next window opens in the middle of the screen: not worth a word while the program closes.
  }
}

function isReachable({ x, y, width }: Rectangle, screen: Rectangle): boolean {
  const across = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x)
  return across >= reachable && y >= screen.y - 1 && y <= screen.y + screen.height - reachable
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
