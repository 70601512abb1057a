/** How clearly photos are decided by the maps of one step: an order of photos, once it was measured. */
export interface CertaintyOrder {
  readonly run: number
  /** The step with the score maps. */
  readonly step: string
  /** Scores above are foreground: the one that the run's masks were cut at, else 0.30. */
  readonly threshold: number
  /** Photos that have maps. */
  readonly photos: number
  /** Names the order in a list of photos (`listOrderSchema`); null while it was not measured. */
  readonly order: string | null
  /** The work that measures it. */
  readonly task: string | null
}
