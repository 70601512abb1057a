/** How large a step of the last features is, and what makes up for the strides that were taken away for it. */
export interface TrunkLayout {
  /** Pixels of the input a step of the last features spans. */
  readonly stride: 8 | 16 | 32
  /**
   * Where a stage of stride 2 loses its stride, what sees as far as before:
   * - `none`: nothing (jiwoon-ahn/irn net/resnet50.py)
   * - `after`: every convolution after the one that lost it, by dilation (torchvision `replace_stride_with_dilation`)
   * - `stage`: the whole stage, its first block too (kazuto1011/deeplab-pytorch libs/models/deeplabv2.py)
   */
  readonly dilate: 'none' | 'after' | 'stage'
}

/** What a layout makes of one stage. */
export interface StageLayout {
  readonly stride: number
  /** Dilation of the first block's k×k convolution, and of the later blocks'. */
  readonly first: number
  readonly rest: number
}

/** @param strides of the stages as published @param stem pixels a step spans before the first of them */
export function layOutStages(
  strides: readonly number[],
  stem: number,
  { stride, dilate }: TrunkLayout,
): readonly StageLayout[] {
  let reached = stem
  let dilation = 1
  return strides.map(published => {
    if (reached * published <= stride) {
      reached *= published
      return { stride: published, first: dilation, rest: dilation }
    }
    const before = dilation
    if (dilate !== 'none') dilation *= published
    return { stride: 1, first: dilate === 'stage' ? dilation : before, rest: dilation }
  })
}
