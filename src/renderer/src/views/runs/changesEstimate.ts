import type { WorkbenchEvent } from '../../../../shared/contract/events'

/** Whether a run may now take another time, meet another obstacle, or find other steps done. @param project key of its project */
export function changesEstimate(event: WorkbenchEvent, project: string | undefined): boolean {
  switch (event.type) {
    case 'settings':
    case 'reset':
      return true
    case 'dataset':
      return event.project === project
    case 'run':
      return event.project === project && ['state', 'step', 'removed'].includes(event.event.type)
    default:
      return false
  }
}
