import type { MessageBoxOptions } from 'electron'

export interface RunningRun {
  readonly run: number
  readonly folder: string
}

/** The buttons of the question, in their order. */
export const quitAnswers = ['wait', 'atOnce', 'stay'] as const

/** Runs go on from their last checkpoint at the next start; how much of the work stays is the person's to say. */
export function quitQuestion(running: readonly RunningRun[]): MessageBoxOptions | undefined {
  if (running.length === 0) return undefined
  const names = running.map(({ run, folder }) => `Run ${run} of ${folder}`).join('\n')
  return {
    type: 'question',
    title: 'Maskwright',
    message: 'A run is going on.',
    detail: `${names}\n\nIt goes on from its checkpoint at the next start. Waiting for the next checkpoint keeps all of the work; quitting at once keeps it up to the last one.`,
    buttons: ['Wait for the Checkpoint', 'Quit at Once', 'Stay'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  }
}
