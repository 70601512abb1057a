/** What one side of the wipe shows. */
export type LayerName =
  | { readonly kind: 'photo' }
  | { readonly kind: 'truth' }
  /** The maps or masks that a step made. */
  | { readonly kind: 'step'; readonly run: number; readonly step: string }
  /** The edges that it saw beside them. */
  | { readonly kind: 'edges'; readonly run: number; readonly step: string }

/** Whether a layer is something that a run made. */
export function isOfRun(layer: LayerName): layer is Extract<LayerName, { kind: 'step' | 'edges' }> {
  return layer.kind === 'step' || layer.kind === 'edges'
}

/** `photo`, `truth`, `12:lpcam` or `edges:12:irn`. */
export function layerText(layer: LayerName): string {
  if (!isOfRun(layer)) return layer.kind
  return `${layer.kind === 'edges' ? 'edges:' : ''}${layer.run}:${layer.step}`
}

export function layerFromText(text: string | undefined): LayerName | undefined {
  if (text === 'photo' || text === 'truth') return { kind: text }
  const [, edges, run, step] = /^(edges:)?(\d{1,15}):(.+)$/s.exec(text ?? '') ?? []
  if (run === undefined || step === undefined) return undefined
  return { kind: edges === undefined ? 'step' : 'edges', run: Number(run), step }
}
