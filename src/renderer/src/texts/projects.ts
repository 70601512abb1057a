import { countOf } from './amounts'

/** What the projects screens say. */
export const projectTexts = {
  title: 'Projects',
  create: 'New project',
  open: 'Open a project',
  sample: 'Sample project',
  opening: 'Opening the project …',
  loading: 'Looking for your projects …',
  search: 'Filter by name or folder',
  none: (text: string) => `No project is called like “${text}”.`,
  columns: { name: 'Project', photos: 'Photos', classes: 'Classes', runs: 'Runs', opened: 'Last opened' },
  welcome: {
    title: 'From labels to masks you can trust',
    lines: [
      'Bring photos and a list of the classes in each: no masks are needed.',
      'Maskwright trains a classifier on them, turns it into maps of where each class is, and the maps into masks.',
      'You look at every step, measure it, correct it and compare. Everything stays on this machine.',
    ],
    own: 'Start from your photos',
    ownText: 'VOC, a CSV table, a folder per class, or cls_labels.npy.',
    sample: 'Try the sample',
    sampleText: '160 drawn photos of nine classes with exact masks. Takes about a minute.',
    openText: 'Or open a project folder that you have.',
  },
  badges: {
    gone: 'gone',
    goneTitle: 'The folder is not there any more: it was moved, renamed or removed, or its disk is not connected.',
    open: 'open',
    openTitle: 'Open here.',
    readOnly: 'read-only',
    readOnlyTitle: 'Open here to look at it only.',
    held: 'in use',
    heldTitle: (process: number, host: string) =>
      `Open in process ${process} on ${host}: close it there, or open it read-only here.`,
    newer: 'newer version',
    newerTitle: 'Made by a later Maskwright: it can be opened read-only.',
    problem: 'unreadable',
    problemTitle: 'Its database cannot be read: restore a backup, or open it to see why.',
    running: 'computing',
    runningTitle: (run: string) => `The run “${run}” is computing.`,
  },
  detail: {
    label: 'The chosen project',
    open: 'Open',
    openReadOnly: 'Open read-only',
    openToEdit: 'Open for editing',
    import: 'Import photos',
    close: 'Close',
    forget: 'Remove from this list',
    forgetTitle: 'The folder stays as it is.',
    find: 'Find it again',
    copy: 'Copy the folder’s path',
    copied: 'The path is copied.',
    facts: (photos: number, classes: number, runs: number) =>
      [countOf(photos, 'photo'), countOf(classes, 'class', 'classes'), countOf(runs, 'run')].join(' · '),
  },
  closing: {
    title: (name: string) => `Close ${name} while a run computes?`,
    text: (run: string) =>
      `The run “${run}” stops at its last checkpoint. It goes on from there when the project is opened again.`,
    confirm: 'Stop the run and close',
    cancel: 'Leave it open',
  },
  backups: {
    title: 'Backups',
    make: 'Back up now',
    made: 'The project is backed up.',
    none: 'No backups yet. One is made on the first opening of a day; the last seven are kept.',
    loading: 'Looking for backups …',
    restore: 'Restore',
    kinds: { daily: 'daily', manual: 'by hand', migration: 'before an update', restore: 'before a restore' },
    confirmTitle: 'Restore this backup?',
    confirmText: (made: string) =>
      `Classes, labels, runs and reviews go back to ${made}. What is there now is backed up first, so this can be undone. ` +
      'Photos and the files of runs stay as they are.',
    confirm: 'Restore',
    cancel: 'Leave it as it is',
    restored: (name: string) => `${name} is as it was. The state before is kept among its backups.`,
  },
  openPage: {
    title: 'Open a project',
    text: 'Choose a project folder: it holds a file project.sqlite.',
    path: 'Project folder',
    open: 'Open',
    back: 'Projects',
  },
  samplePage: {
    title: 'Sample project',
    text:
      'Draws 160 photos of nine classes, from 100 dogs to 6 bicycles, with image-level labels and exact masks, and imports ' +
      'them. It takes about a minute and 10 MB of disk.',
    parent: 'In the folder',
    name: 'Name',
    start: 'Draw the sample',
    drawing: 'The sample is being drawn',
    cancel: 'Stop',
    back: 'Projects',
  },
  locked: 'It can be looked at meanwhile: nothing is changed then.',
} as const
