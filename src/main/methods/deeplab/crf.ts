import type { CrfSettings } from '../../../shared/crf/crfSettings'

/** The last step of the papers' predictions. */
export const crfPresets = {
  /** kazuto1011/deeplab-pytorch configs/voc12.yaml */
  deeplab: {
    iterations: 10,
    spatial: { sigma: 1, weight: 3 },
    bilateral: { sigmaXy: 67, sigmaRgb: 3, weight: 4 },
  },
  /** zwyang6/SeCo tools/infer_seg_voc.py */
  wide: {
    iterations: 10,
    spatial: { sigma: 1, weight: 1 },
    bilateral: { sigmaXy: 121, sigmaRgb: 5, weight: 4 },
  },
} as const satisfies Readonly<Record<string, CrfSettings>>
