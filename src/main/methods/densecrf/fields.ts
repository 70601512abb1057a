export const paper = {
  title: 'Efficient Inference in Fully Connected CRFs with Gaussian Edge Potentials',
  url: 'https://arxiv.org/abs/1210.5644',
  year: 2011,
}

/** The fields of the papers that use one. */
export const fields = {
  irn: { spatialSigma: 3, spatialWeight: 3, bilateralSigmaXy: 50, bilateralSigmaRgb: 5, bilateralWeight: 10 },
  deeplab: { spatialSigma: 1, spatialWeight: 3, bilateralSigmaXy: 67, bilateralSigmaRgb: 3, bilateralWeight: 4 },
  seco: { spatialSigma: 1, spatialWeight: 1, bilateralSigmaXy: 121, bilateralSigmaRgb: 5, bilateralWeight: 4 },
  affinitynet: { spatialSigma: 3, spatialWeight: 3, bilateralSigmaXy: 80, bilateralSigmaRgb: 13, bilateralWeight: 10 },
}
