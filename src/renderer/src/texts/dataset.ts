import type { AdvisedMethod } from '../../../shared/advice/methodAdvice'
import type { FileCheck, LabelStep } from '../../../shared/contract/datasetStats'
import type { ImageFilter, ImageSort } from '../../../shared/contract/imageFilter'
import type { LabelState, ReviewState } from '../../../shared/contract/states'
import type { TailPart } from '../../../shared/metrics/longTail'
import { countOf, countText, percentText } from './amounts'

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 })

/** Pixels as a person compares them: 12.3M px. */
export const pixels = (value: number) => `${compact.format(value)} px`

/** What a person has said of a mask, as lists and filters call it. */
export const reviewTexts: Readonly<Record<ReviewState, string>> = {
  unreviewed: 'unreviewed',
  accepted: 'accepted',
  edited: 'corrected and accepted',
  rejected: 'rejected',
  unsure: 'unsure',
}

export const stateTexts: Readonly<Record<LabelState, string>> = {
  present: 'present',
  absent: 'absent',
  unknown: 'unknown',
}

/** What the Dataset screen says. */
export const datasetTexts = {
  loading: 'Looking at the dataset …',
  empty: {
    title: 'No photos yet',
    text: 'Import a folder of photos with their labels: VOC, COCO, a table, or a folder a class.',
    action: 'Import photos',
  },
  noMatch: {
    title: 'No photo is like this',
    text: 'No photo fits all of these filters at once.',
    action: 'Clear filters',
  },
  panels: { classes: 'Classes and problems', photo: 'Photo and labels' },
  tabs: { classes: 'Classes', pairs: 'Together', problems: 'Problems', advice: 'Advice' },
  split: { label: 'Split', all: 'All photos' },
  parts: { head: 'Head', mid: 'Mid', tail: 'Tail' } satisfies Record<TailPart, string>,
  partRule: 'Thirds of the classes in the order of their photos; equals stay together.',
  gini: (gini: number | null) => (gini === null ? 'Gini –' : `Gini ${gini.toFixed(2)}`),
  giniRule: 'How unevenly the classes share the photos: 0 all alike, 1 one class has all.',
  measure: { photos: 'Photos', pixels: 'Pixels' },
  noPixels: 'Pixels are counted where photos have ground truth: none has.',
  scale: { linear: 'Linear', log: 'Log' },
  order: { frequency: 'Most frequent first', place: "In the project's order" },
  histogram: (classes: number) => `Photos of each of ${countText(classes)} classes`,
  barHint: (name: string, value: string, share: string) =>
    `${name}: ${value} (${share}). Click: only these photos · Shift: these too · Alt: without them.`,
  findClass: 'Find a class',
  pairs: {
    title: 'Strongest pairs, share of the first class',
    label: (classes: number) => `How often each pair of ${countText(classes)} classes is in one photo`,
    hint: 'Share of the row’s photos that show the column too. Click a cell to see them.',
    pair: (first: string, second: string) => `${first} + ${second}`,
    shares: (share: number, name: string) => `${percentText(share)} of ${name}`,
    none: 'No photo shows two classes.',
    showing: (shown: number, all: number) =>
      `The ${countText(shown)} most frequent of ${countText(all)} classes; zoom with the wheel.`,
  },
  advice: {
    none: 'No photo has a label: there is nothing to go by.',
    rule: 'What is expected to serve, by the photos and their classes. What does serve, a comparison of runs shows.',
    methods: {
      lpcam: 'LPCAM',
      difference: 'Difference map',
      'image-bank': 'Image bank',
      sfc: 'SFC',
      plain: 'Plain CAM',
    } satisfies Record<AdvisedMethod, string>,
  },
  problems: {
    none: 'Nothing odd was found.',
    unlabelled: {
      title: 'Without a label',
      text: 'No class is present. Where nobody has said that none is, training leaves the photo out.',
    },
    duplicate: { title: 'Same bytes', text: 'The very same file more than once, perhaps in two splits.' },
    missing: { title: 'File missing or changed', text: 'Runs leave these photos out.' },
    corrected: { title: 'Corrected labels', text: 'A person changed what the import said.' },
    rare: (few: number) => `Classes under ${few} photos`,
    rareText: 'Hardly learnt and hardly measured: look for more photos of them.',
    check: 'Look for the files',
    checkAgain: 'Look again',
    notChecked: 'Files were not looked for yet.',
    checked: ({ missing, changed }: FileCheck, when: string) =>
      `${countText(missing)} missing, ${countText(changed)} of another size · looked at ${when}`,
    stop: 'Stop',
  },
  sort: {
    label: 'Order',
    name: 'Name',
    added: 'As imported',
    size: 'Largest first',
    labels: 'Most labels first',
  } satisfies Record<ImageSort | 'label', string>,
  tileSize: 'Size of the pictures (Ctrl+wheel)',
  search: 'Part of a name',
  searchShort: 'Name …',
  shownLabel: 'Photos shown',
  shown: (shown: number, all: number) =>
    shown === all ? countOf(all, 'photo') : `${countText(shown)} of ${countOf(all, 'photo')}`,
  filter: {
    label: 'Filter',
    change: 'Choose which photos are listed',
    classesMenu: 'With all of these classes',
    withoutMenu: 'Without these classes',
    problemMenu: { label: 'Problem', any: 'Any photo' },
    clear: 'Clear all',
    remove: (what: string) => `Remove the filter ${what}`,
    without: (name: string) => `without ${name}`,
    among: (photos: number) => countOf(photos, 'chosen photo'),
    split: (split: string) => `split ${split}`,
    text: (text: string) => `name has “${text}”`,
    truth: (truth: boolean) => (truth ? 'with truth' : 'without truth'),
    review: (review: ReviewState) => reviewTexts[review],
    reviewMenu: { label: 'Review', any: 'Review: any' },
    problem: {
      unlabelled: 'without a label',
      missing: 'file missing or changed',
      duplicate: 'same bytes',
      corrected: 'corrected labels',
    } satisfies Record<NonNullable<ImageFilter['problem']>, string>,
    truthMenu: { label: 'Truth', any: 'Truth: any', with: 'With truth', without: 'Without truth' },
  },
  gallery: 'Photos',
  galleryHelp: 'Arrows move, Space selects, Shift extends, Ctrl+A selects all.',
  broken: 'This photo cannot be shown',
  more: (hidden: number) => `+${countText(hidden)}`,
  truth: 'With ground truth',
  detail: {
    nothing: 'Click a photo to see it and its labels.',
    size: (width: number, height: number) => `${countText(width)} × ${countText(height)} px`,
    truth: 'Ground truth',
    noTruth: 'No ground truth',
    background: 'background',
    void: 'void',
    copies: (copies: number) => `${countOf(copies, 'other photo has', 'other photos have')} the same bytes`,
    missing: 'Its file is not there any more: put it back, or import the photos again.',
    changed: 'Its file has another size than when it was imported: import the photos again.',
    seeds: 'Open in Seeds',
    review: 'Review',
    reveal: 'Show in the file manager',
    labels: 'Labels',
  },
  selection: {
    title: (selected: number) => `${countOf(selected, 'photo')} selected`,
    clear: 'Clear the selection',
    all: 'Select all photos shown',
    tooMany: (most: number) =>
      `At most ${countText(most)} photos can be selected one by one: select all with Ctrl+A instead.`,
    of: (some: number, all: number) => `${countText(some)} of ${countText(all)}`,
  },
  labels: {
    add: 'Add a class',
    none: 'No label yet.',
    given: 'given',
    corrected: 'corrected',
    set: (name: string, state: LabelState) => `${name}: ${state}`,
    revert: (name: string) => `${name}: back to what was given`,
    givenWas: (given: LabelState) => `The import said: ${given}`,
    readOnly: 'This project is open to look at it only: labels cannot be changed.',
  },
  undo: (step: LabelStep | null, name: string) => (step ? `Undo: ${stepText(step, name)}` : 'Nothing to undo'),
  redo: (step: LabelStep | null, name: string) => (step ? `Redo: ${stepText(step, name)}` : 'Nothing to redo'),
  commands: {
    undo: 'Undo the last edit of labels',
    redo: 'Redo the edit of labels',
    selectAll: 'Select all photos shown',
    clearSelection: 'Clear the selection',
    search: 'Search photos by name',
    addLabel: 'Add a label',
    review: 'Review these photos',
    larger: 'Larger pictures',
    smaller: 'Smaller pictures',
  },
} as const

function stepText({ state, photos: edited }: LabelStep, name: string): string {
  return `${name} ${state ?? 'as given'} in ${countOf(edited, 'photo')}`
}
