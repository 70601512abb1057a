import type { Schedule } from './schedule'

export interface PolyOptions {
  readonly totalSteps: number
  /** 0.9 in DeepLab and everything after it. */
  readonly power: number
}

/**
 * (1 − t/T)^power (Liu et al., ParseNet, arXiv:1506.04579; Chen et al., DeepLab, arXiv:1606.00915). From step T on the
 * factor of step T − 1 stays, as in jiwoon-ahn/irn misc/torchutils.py `PolyOptimizer`.
 */
export function poly({ totalSteps, power }: PolyOptions): Schedule {
  return step => (1 - Math.min(step, totalSteps - 1) / totalSteps) ** power
}
