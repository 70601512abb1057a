import type { JobProgress } from '../../../shared/contract/states'
import type { Task, TaskKind } from '../../../shared/contract/tasks'
import { countOf, countText, durationText, wholePercentText } from './amounts'

/** What the frame around the screens says. */
export const frameTexts = {
  screens: {
    projects: 'Projects',
    dataset: 'Dataset',
    runs: 'Runs',
    seeds: 'Seeds',
    review: 'Review',
    compare: 'Compare',
    export: 'Export',
    engine: 'Engine and settings',
  },
  screensLabel: 'Screens',
  noProject: 'No project',
  readOnly: 'Read-only',
  connection: {
    lost: 'The connection to Maskwright is lost. It is tried again by itself; nothing that was saved is lost.',
    shutOut:
      'This window has no key to Maskwright any more. Press Enter where it runs, and open the address that it prints.',
  },
  projectGone: (folder: string) =>
    `The folder of this project is gone: ${folder} was moved, renamed or removed, or its disk is not connected. ` +
    'Nothing can be saved and no run goes on until it is back; that is noticed by itself.',
  openElsewhere: 'Open it where it is now',
  readOnlyWhy: 'This project is open to look at it only: nothing of it can be changed here.',
  retry: 'Try again',
  wentWrong: 'This could not be shown',
  dismiss: 'Dismiss',
  projectMenu: { label: 'Change the project', all: 'All projects …', missing: 'its folder is gone' },
  runMenu: {
    label: 'The runs of this project',
    of: (run: number, name: string) => `run ${run} ${name}`,
    count: (runs: number) => countOf(runs, 'run'),
    all: 'All runs …',
  },
  palette: { text: 'Search or run', label: 'Search classes, photos, runs and commands' },
  keys: 'Show the keys',
  theme: { label: 'Theme', system: 'As the system', light: 'Light', dark: 'Dark' },
  engine: {
    ready: (device: string) => `Engine ready: TensorFlow on the ${device}`,
    missing: 'No engine: training and maps need one',
    missingPill: 'no engine',
    unknown: 'Looking for the engine',
  },
  job: {
    label: (text: string) => `${text}. Show it in Runs`,
    starts: (name: string) => `${name} starts`,
    running: (name: string, share: number, remainingMs: number) =>
      `${name} ${wholePercentText(share)} · ${durationText(remainingMs)} left`,
    inStep: (name: string, step: number, steps: number) => `${name}, step ${step} of ${steps}`,
    paused: (name: string) => `${name} paused`,
    waiting: (count: number) => countOf(count, 'run waits', 'runs wait'),
  },
  tasks: {
    label: (running: number) => (running === 0 ? 'Works' : countOf(running, 'work goes on', 'works go on')),
    none: 'Imports, evaluations, exports and installations are listed here while they go on.',
    cancel: (title: string) => `Cancel “${title}”`,
    states: {
      running: 'running',
      done: 'done',
      failed: 'failed',
      cancelled: 'cancelled',
    } satisfies Record<Task['state'], string>,
  },
  status: {
    label: 'Status',
    photos: (count: number) => countOf(count, 'photo'),
    classes: (count: number) => countOf(count, 'class', 'classes'),
    truths: (count: number) => `${countOf(count, 'ground truth', 'ground truths')}`,
    saving: 'saving …',
    reviewed: (count: number) => `${countText(count)} reviewed`,
    saved: 'all changes saved',
    savedAgo: (ago: string) => `all changes saved ${ago}`,
    failed: 'the last change was not saved',
    gone: 'nothing is saved: the folder is gone',
    connecting: 'connecting …',
    connected: 'connected',
    lost: 'connection lost',
  },
  notices: {
    runDone: (name: string, run: number) => `Run ${run} “${name}” is done.`,
    runFailed: (name: string, run: number, why: string) => `Run ${run} “${name}” failed: ${why}`,
    runCancelled: (name: string, run: number) => `Run ${run} “${name}” was stopped.`,
    openRun: 'Open the run',
    taskDone: (title: string) => `Done: ${title}.`,
    taskFailed: (title: string, why: string) => `${title}: ${why}`,
    open: 'Open',
  },
} as const

/** Where the result of a finished work can be looked at. */
export const taskScreens: Readonly<Partial<Record<TaskKind, 'dataset' | 'review' | 'compare' | 'export' | 'engine'>>> =
  {
    import: 'dataset',
    sample: 'dataset',
    evaluate: 'compare',
    export: 'export',
    rebase: 'review',
    install: 'engine',
  }

/** `43 % · 2 min left`, `43 %` while nobody can say how long, `12 of 40 MB` … */
export function progressText({ done, total, etaMs }: JobProgress): string {
  const share = wholePercentText(total === 0 ? 0 : done / total)
  return etaMs === null || etaMs === 0 ? share : `${share} · ${durationText(etaMs)} left`
}
