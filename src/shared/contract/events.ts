import type { RunEvent } from './runEvents'
import type { Task } from './tasks'

/**
 * What a tab hears while it is open. An event only says "look again": the rows are the truth, so that one that was lost
 * costs a refresh and never correctness. `project` is the project's key.
 */
export type WorkbenchEvent =
  /** Projects were opened, closed or forgotten. */
  | { readonly type: 'projects' }
  /** Photos, classes or labels of a project are different now. */
  | { readonly type: 'dataset'; readonly project: string }
  | { readonly type: 'run'; readonly project: string; readonly event: RunEvent }
  /** A photo's mask was painted on, saved or decided on; null: many, as by a rule. */
  | { readonly type: 'review'; readonly project: string; readonly image: number | null }
  /** Figures of a project were measured. */
  | { readonly type: 'evaluations'; readonly project: string }
  | { readonly type: 'task'; readonly task: Task }
  /** The program's settings or its engine. */
  | { readonly type: 'settings' }
  /** Events were missed that nobody has any more: look at everything again. */
  | { readonly type: 'reset' }

/** An event with its place in the stream: a tab that comes back says the last one it heard. */
export interface StreamedEvent {
  readonly id: string
  readonly event: WorkbenchEvent
}
