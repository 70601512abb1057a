import type { TaskInput, TaskName, TaskOutput } from '../poolClient'
import type { StopCheck } from '../stopFlag'
import { cocoObjects } from './cocoObjects'
import { colouredMap } from './colouredMap'
import { confidentLabels } from './confidentLabels'
import { confusion } from './confusion'
import { crop } from './crop'
import { crfMask } from './crfMask'
import { crfOfMask } from './crfOfMask'
import { decodeScales } from './decodeScales'
import { greyMap } from './greyMap'
import { labelCounts } from './labelCounts'
import { labelCrop } from './labelCrop'
import { labelmeFile } from './labelmeFile'
import { labelMap } from './labelMap'
import { maskDispute } from './maskDispute'
import { panopticMap } from './panopticMap'
import { personsPixels } from './personsPixels'
import { photoInfo } from './photoInfo'
import { photoMargin } from './photoMargin'
import { probabilityConfusion } from './probabilityConfusion'
import { probabilityMap } from './probabilityMap'
import { reviewSignals } from './reviewSignals'
import { scoreFacts } from './scoreFacts'
import { sheet } from './sheet'
import { sheetRow } from './sheetRow'
import { storeLabels } from './storeLabels'
import { superpixels } from './superpixels'
import { sweepHistogram } from './sweepHistogram'
import { thresholdProfile } from './thresholdProfile'
import { thumbnail } from './thumbnail'
import { trainCrop } from './trainCrop'
import { viewPhoto } from './viewPhoto'
import { walkScores } from './walkScores'
import { yoloRows } from './yoloRows'

/** Everything the pool can do: pure asynchronous functions of plain data, by name; long ones take a StopCheck too. */
export const tasks = {
  cocoObjects,
  colouredMap,
  confidentLabels,
  confusion,
  crop,
  crfMask,
  crfOfMask,
  decodeScales,
  greyMap,
  labelCounts,
  labelCrop,
  labelMap,
  labelmeFile,
  maskDispute,
  panopticMap,
  personsPixels,
  photoInfo,
  photoMargin,
  probabilityConfusion,
  probabilityMap,
  reviewSignals,
  scoreFacts,
  sheet,
  sheetRow,
  storeLabels,
  superpixels,
  sweepHistogram,
  thresholdProfile,
  thumbnail,
  trainCrop,
  viewPhoto,
  walkScores,
  yoloRows,
}
export type Tasks = typeof tasks

/** Runs a task in this very thread. @param stop what a long task calls between its steps */
export async function runTask<Name extends TaskName>(
  name: Name,
  input: TaskInput<Name>,
  stop: StopCheck = () => undefined,
): Promise<TaskOutput<Name>> {
  const task = tasks[name] as (input: TaskInput<Name>, stop: StopCheck) => Promise<TaskOutput<Name>>
  return task(input, stop)
}
