/** A fully connected conditional random field with Potts compatibility (Krähenbühl and Koltun, NeurIPS 2011). */
export interface CrfSettings {
  /** Mean-field updates. */
  readonly iterations: number
  /** Pixels of like position agree. */
  readonly spatial: { readonly sigma: number; readonly weight: number }
  /** Pixels of like position and colour agree. */
  readonly bilateral: { readonly sigmaXy: number; readonly sigmaRgb: number; readonly weight: number }
}
