import type { ErrorCode } from '../../shared/errors'

export const exitCodes = { done: 0, ours: 1, usage: 2, engineMissing: 3, cancelled: 130 } as const

/** 2: the person can put it right by another input; 3: by installing the engine; 1: neither. */
export function exitCodeOf(code: ErrorCode): number {
  switch (code) {
    case 'ENGINE_MISSING':
      return exitCodes.engineMissing
    case 'INTERNAL':
    case 'ENGINE_FAILED':
    case 'OUT_OF_MEMORY':
    case 'DISK_FULL':
      return exitCodes.ours
    default:
      return exitCodes.usage
  }
}
