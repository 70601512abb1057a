import type { MaskOrigin } from '../../shared/contract/review'
import { WorkbenchError } from '../../shared/errors'
import type { MaskRow, SourceColumns } from './schema'

/** What a photo's mask begins as: a run's label map, or an empty one. */
export interface MaskStart {
  /** Hash name of the label map. */
  readonly blob: string
  /** The step that made it; null: nobody, it is empty. */
  readonly source: { readonly run: number; readonly step: string } | null
}

/** As windows see it. */
export function originOf({ sourceRun: run, sourceStep: step, sourceBlob }: SourceColumns): MaskOrigin | null {
  return step === null || sourceBlob === null ? null : { run, step, blob: sourceBlob }
}

/** As the tables keep it. */
export function sourceOf({ blob, source }: MaskStart): SourceColumns {
  if (source === null) return { sourceRun: null, sourceStep: null, sourceBlob: null, sourceKnown: true }
  return { sourceRun: source.run, sourceStep: source.step, sourceBlob: blob, sourceKnown: true }
}

/** Of a row that has more. */
export function sourceColumns({ sourceRun, sourceStep, sourceBlob, sourceKnown }: SourceColumns): SourceColumns {
  return { sourceRun, sourceStep, sourceBlob, sourceKnown }
}

/** What the run had made, as a version that can be restored. @throws NOT_FOUND */
export function originVersion(row: MaskRow | undefined): SourceColumns & Pick<MaskRow, 'blob'> {
  if (row?.sourceBlob != null) return { ...sourceColumns(row), blob: row.sourceBlob, sourceKnown: true }
  throw new WorkbenchError('NOT_FOUND', 'This mask was begun on an empty map: there is no version 0 to go back to.')
}
