import type { ToolContext } from '../tool'

/** Pixels that a flood goes through within a frame or two of the screen. */
const mostFlooded = 1e6

/** Whether a region can be searched anew for every place of the pointer; on larger photos it is shown from the press on. */
export function isSoonFound({ document: { size } }: ToolContext): boolean {
  return size.width * size.height <= mostFlooded
}
