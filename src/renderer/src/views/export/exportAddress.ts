import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { maskChoices, type MaskChoice } from '../../../../shared/contract/export'

/** What a person has chosen to export: the address holds it, options and folder aside. */
export interface ExportAddress {
  /** Empty: the first there is. */
  readonly format: string
  readonly masks: MaskChoice
  /** `12/lpcam-masks`; empty: the latest that fits. */
  readonly step: string
  /** Empty: all photos. */
  readonly split: string
  /** The export while it goes on, and its report after. */
  readonly task: string
}

export function readExportAddress(query: LocationQuery): ExportAddress {
  const text = (key: string) => (typeof query[key] === 'string' ? query[key] : '')
  const masks = maskChoices.find(choice => choice === text('masks')) ?? maskChoices[0]
  return { format: text('format'), masks, step: text('step'), split: text('split'), task: text('task') }
}

/** What is the usual is left out. */
export function exportQuery({ masks, ...rest }: ExportAddress): LocationQueryRaw {
  const said = Object.entries(rest).filter(([, value]) => value !== '')
  return { ...Object.fromEntries(said), ...(masks === maskChoices[0] ? {} : { masks }) }
}
