import type { TaskInput, TaskName, TaskOutput } from '../poolClient'
import { confusion } from './confusion'
import { crop } from './crop'
import { decodeScales } from './decodeScales'
import { labelMap } from './labelMap'
import { photoInfo } from './photoInfo'
import { sheet } from './sheet'
import { sheetRow } from './sheetRow'
import { sweepHistogram } from './sweepHistogram'
import { thresholdProfile } from './thresholdProfile'
import { thumbnail } from './thumbnail'
import { trainCrop } from './trainCrop'
import { viewPhoto } from './viewPhoto'

/** Everything the pool can do: pure asynchronous functions of plain data, by name. */
export const tasks = {
  confusion,
  crop,
  decodeScales,
  labelMap,
  photoInfo,
  sheet,
  sheetRow,
  sweepHistogram,
  thresholdProfile,
  thumbnail,
  trainCrop,
  viewPhoto,
}
export type Tasks = typeof tasks

/** Runs a task in this very thread. */
export async function runTask<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>> {
  const task = tasks[name] as (input: TaskInput<Name>) => Promise<TaskOutput<Name>>
  return task(input)
}
