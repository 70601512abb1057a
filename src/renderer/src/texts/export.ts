import type { ExportContents, MaskChoice } from '../../../shared/contract/export'
import type { LintKind } from '../../../shared/contract/exportLint'
import { bytesText, countOf, countText } from './amounts'

interface OptionWords {
  readonly name: string
  readonly choiceTitles?: Readonly<Record<string, string>>
}

/** Options of the formats, by key. One that is not listed is called by its key. */
const optionWords: Readonly<Record<string, OptionWords>> = {
  objects: { name: 'An object is', choiceTitles: { part: 'a connected part', class: 'all of a class' } },
  diagonal: { name: 'Corners connect' },
  minimumArea: { name: 'Smallest object' },
  shapes: { name: 'Shapes', choiceTitles: { polygon: 'polygons', mask: 'masks' } },
  holes: { name: 'Holes', choiceTitles: { bridge: 'reached by bridges', fill: 'filled' } },
  void: {
    name: 'Void',
    choiceTitles: { keep: 'stays void', background: 'becomes background', label: 'is the label “ignored”' },
  },
  background: { name: 'Background', choiceTitles: { void: 'is left void', category: 'is a category' } },
  lists: { name: 'Lists of the splits' },
  form: {
    name: 'Form',
    choiceTitles: { wide: 'a column a class', long: 'a row a label', delimited: 'labels in one cell' },
  },
  keys: { name: 'Keys', choiceTitles: { str: 'names of photos', int: 'their digits' } },
}

/** What the Export screen says. */
export const exportTexts = {
  formats: 'Formats',
  groups: {
    masks: 'Masks',
    scores: 'Score maps',
    labels: 'Image labels',
    checkpoint: 'Networks',
  } satisfies Record<ExportContents, string>,
  loading: 'Looking at what there is to export …',
  what: 'What leaves',
  options: 'How it is written',
  optionWords,
  noOptions: 'There is nothing to choose.',
  masks: 'Masks',
  maskChoices: {
    run: 'of a run’s step',
    corrected: 'a person’s where there is one, else the step’s',
    reviewed: 'only those accepted or edited',
    truth: 'the ground truth',
  } satisfies Record<MaskChoice, string>,
  maskCount: (title: string, count: number | undefined) =>
    count === undefined ? title : `${title} (${countText(count)})`,
  step: 'Step',
  stepTitle: (run: number, name: string, step: string) => `Run ${run} · ${step} · ${name}`,
  split: 'Photos',
  allPhotos: 'All photos',
  folder: 'Into the folder',
  folderHelp: 'It appears whole or not at all; an earlier export there is replaced.',
  choose: 'Choose …',
  close: 'Done',
  start: 'Export',
  nothing: {
    masks: 'No step has made masks yet.',
    scores: 'No step has made score maps yet.',
    checkpoint: 'No step has trained a network yet.',
    labels: '',
  } satisfies Record<ExportContents, string>,
  toRuns: 'Go to the runs',
  running: (folder: string) => `Exporting to ${folder}`,
  cancel: 'Cancel the export',
  cancelled: 'The export was cancelled: nothing of it is left.',
  failed: 'The export did not work.',
  resumes: 'What it had finished is kept: the same export goes on from there.',
  again: 'Export again',
  lint: {
    title: 'Before it leaves',
    check: 'Check again',
    checking: 'Checking what would leave',
    cancel: 'Stop the check',
    wait: 'Masks are looked through when something was chosen.',
    clean: (photos: number) => `Nothing is wrong with ${countOf(photos, 'photo')}.`,
    checked: (photos: number) => `${countOf(photos, 'photo')} looked through.`,
    stops: 'Makes the export fail or wrong',
    emptyClass: 'Class without a pixel',
    emptyClasses: 'Classes without a pixel',
    labelled: (photos: number) => `labelled in ${countOf(photos, 'photo')}`,
    unlabelled: 'labelled in none',
    review: (told: number, all: number) =>
      told < all ? `Review the first ${countText(told)} of ${countText(all)}` : `Review ${countOf(all, 'photo')}`,
    kinds: {
      unreadable: 'Mask cannot be read',
      size: 'Mask of another size than its photo',
      values: 'Mask with values beyond the classes',
      name: 'Photo’s name cannot name a file',
      missing: 'Photo without anything to export',
      extra: 'Mask shows a class that the labels say is absent',
      lacking: 'A labelled class is not in the mask',
      blank: 'Mask shows no class at all',
      void: 'Mask with undecided (void) pixels',
      unreviewed: 'Mask that nobody accepted or edited',
    } satisfies Record<LintKind, string>,
    open: (stem: string) => `Open ${stem} in Review`,
  },
  done: {
    title: 'Exported',
    files: (files: number, bytes: number) => `${countOf(files, 'file')}, ${bytesText(bytes)}`,
    photos: (photos: number) => countOf(photos, 'photo'),
    corrected: (count: number, photos: number) =>
      `${countText(count)} of ${countOf(photos, 'mask')} accepted or edited by a person`,
    missing: (count: number) => `${countOf(count, 'photo')} had nothing to export`,
    manifest: 'manifest.json beside them names every file with its hash, and where it comes from.',
    copy: 'Copy the path',
    copied: 'The path is copied.',
  },
} as const
