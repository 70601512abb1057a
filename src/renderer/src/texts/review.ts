import type { MaskOrigin, MaskVersion, ReviewDecision } from '../../../shared/contract/review'
import type { QueueReason, ReviewOrder } from '../../../shared/contract/reviewQueue'
import type { ReviewState } from '../../../shared/contract/states'
import { describeSize, type Size } from '../../../shared/raster/size'
import { countOf, countText, durationText, wholePercentText } from './amounts'

/** What the Review screen says around its tools. */
export const reviewTexts = {
  group: 'Review',
  stage: 'Draw with the pointer. Wheel zooms, Space drags, arrow keys move.',
  loading: 'Fetching the photo and its mask …',
  noPhotos: {
    title: 'Nothing to review here',
    text: 'No photo of this project is in the states and the filter that are chosen.',
    all: 'List all states',
    clear: 'Take the filter away',
  },
  noMasks: 'No run has made masks yet: this one begins empty. A run makes masks to start from.',
  noMasksLink: 'Start a run',
  stop: (why: string) => `This photo is not opened: ${why}`,
  damagedMask: (stem: string) =>
    `The mask of ${stem} cannot be read. It was not replaced by an empty one: restore an earlier version, or the backup.`,
  damagedStrokes: (why: string) => `What was painted since the mask was saved cannot be read. ${why}`,
  instead: {
    title: 'What shall take its place?',
    text: 'The choice becomes the next version; what cannot be read stays stored below it.',
    origin: 'As the run made it',
    version: (version: number, moment: string) => `Version ${version} · ${moment}`,
    restore: (version: number) => (version === 0 ? 'Begin again from the run’s mask' : `Restore v${version}`),
    empty: 'Begin with an empty mask',
    unreadable: 'cannot be read',
    none: 'No other version of this mask is stored: another run’s masks can be chosen below, or begin with an empty one.',
    begun: 'The mask is empty now: its next version begins here.',
  },
  otherMask: (stem: string, mask: Size, photo: Size) =>
    `The mask of ${stem} is ${describeSize(mask)}, the photo ${describeSize(photo)}: run the step again.`,
  strokeName: (place: number, stem: string) => `Stroke ${place} of ${stem}`,
  readOnly: 'This project is open to look at it only: nothing that is drawn here is kept.',
  states: {
    unreviewed: 'unreviewed',
    accepted: 'accepted',
    edited: 'edited',
    rejected: 'rejected',
    unsure: 'unsure',
  } satisfies Record<ReviewState, string>,
  why: 'Why here: ',
  decisions: {
    accept: 'Accept and go on',
    reject: 'Reject',
    unsure: 'Unsure: look again later',
    clear: 'Not reviewed after all',
  } satisfies Record<ReviewDecision, string>,
  shortDecisions: { accept: 'Accept', reject: 'Reject', unsure: 'Unsure', clear: 'Reopen' } satisfies Record<
    ReviewDecision,
    string
  >,
  takeBack: 'Take the last decision back',
  takeBackOf: (photos: number, decision: string) =>
    photos === 1 ? `Take back “${decision}”` : `Take back “${decision}” of ${countOf(photos, 'photo')}`,
  nothingToTakeBack: 'There is no decision left to take back.',
  tookBack: (photos: number) => `${countOf(photos, 'decision')} taken back.`,
  next: 'Next photo',
  previous: 'Previous photo',
  nextUnreviewed: 'Next unreviewed photo',
  previousUnreviewed: 'Previous unreviewed photo',
  end: 'This was the last photo of the list.',
  photos: 'Photos to review',
  order: 'Order',
  orders: {
    gain: 'Most gained by correcting',
    margin: 'Narrowest margin',
    entropy: 'Most undecided',
    runs: 'Two runs disagree',
    labels: 'Mask against labels',
    tail: 'Rarest classes first',
    random: 'Random',
    name: 'Name',
  } satisfies Record<ReviewOrder, string>,
  orderHelp: {
    gain: 'What setting the mask right is expected to add to the mean IoU. A pixel whose best other class scores b against a counts as wrong with b⁸ / (a⁸ + b⁸); one that is wrong costs its label I / U², and the right one 1 / U.',
    margin: 'The least mean distance between the winning score and the next comes first.',
    entropy: 'The scores that are spread most evenly over the classes come first.',
    runs: 'The largest share of the foreground on which the masks of two runs differ comes first.',
    labels: 'Labelled classes without a pixel, and classes in the mask that the photo is not labelled with.',
    tail: 'Photos with the class that the fewest photos show come first.',
    random: 'A fair sample; shuffled again it is another one.',
    name: 'By file name.',
  } satisfies Record<ReviewOrder, string>,
  shuffle: 'Shuffle again',
  measuring: 'Reading the maps of all photos to order them …',
  measure: 'Read them',
  stopMeasuring: 'Stop',
  notMeasured: 'The maps were not read to the end.',
  source: 'Masks',
  sourceTitle: (run: number, step: string) => `Run ${run} · ${step}`,
  deletedSource: (step: string) => `${step} of a deleted run`,
  sourceDetail: (name: string, photos: number) => `${name} · ${countOf(photos, 'photo')}`,
  against: 'Compared with',
  noSource: 'No run has masks',
  listed: 'States',
  allStates: 'All states',
  positionOf: (position: number, listed: number) => `${countText(position)} of ${countText(listed)}`,
  listedTotal: (listed: number) => countOf(listed, 'photo'),
  left: (count: number) => `${countText(count)} left`,
  pace: (perMinute: number) => `${perMinute < 10 ? perMinute.toFixed(1) : Math.round(perMinute)}/min`,
  timeLeft: (ms: number) => `${durationText(ms)} left`,
  progress: (done: number, total: number) => `${countText(done)} of ${countText(total)} reviewed`,
  mask: {
    saved: 'saved',
    saving: 'saving …',
    version: (n: number) => `v${n}`,
    untouched: 'as the run made it',
    empty: 'empty, nothing saved yet',
  },
  failed: (why: string) => `Not saved: ${why}`,
  retry: 'Try again',
  refused: { text: (stem: string, why: string) => `${stem} was not decided on: ${why}`, show: 'Show the photo' },
  acceptAll: {
    command: 'Accept all that are listed',
    title: 'Accept all that are listed',
    counting: 'Counting …',
    allAccepted: 'All photos of this list are accepted already.',
    none: (states: readonly ReviewState[]) => `No photo of this list is ${namesOf(states)}.`,
    text: (photos: number, states: readonly ReviewState[]) =>
      `Accepts ${countOf(photos, `${namesOf(states)} photo`)} of this list; what was drawn on becomes edited. One step takes it back.`,
    bound: {
      gain: 'Only where correcting gains at most … points of mean IoU',
      margin: 'Only where the winning class leads by at least (0 … 1)',
      entropy: 'Only where the entropy is at most (0 … 1)',
      runs: 'Only where the runs disagree on a share of at most (0 … 1)',
      labels: 'Only where labels and mask contradict each other at most … times',
    } satisfies Partial<Record<ReviewOrder, string>>,
    noneBounded: (states: readonly ReviewState[]) => `No ${namesOf(states)} photo of this list is within the bound.`,
    range: (least: string, most: string) => `This list lies between ${least} and ${most}.`,
    boundHint: 'Photos that the order could not measure are left out.',
    accept: (photos: number) => `Accept ${photos}`,
    cancel: 'Cancel',
    done: (photos: number) => `${countOf(photos, 'mask')} accepted.`,
    sample: 'Some of them',
  },
  conflict: {
    title: 'Another window changed this mask',
    text: 'Both masks are kept until you choose; where they differ the pixels are marked. The one that is not chosen stays among the versions or is gone with this window.',
    mine: 'Drawn here',
    theirs: (version: number) => `Saved there · v${version}`,
    keepMine: 'Keep what is drawn here',
    takeTheirs: 'Take the other one',
    differ: (pixels: number, share: number) =>
      `${countOf(pixels, 'pixel')} differ, ${wholePercentText(share)} of the photo`,
  },
  history: {
    title: 'History',
    begin: 'As it was opened',
    none: 'What you draw is listed here; a click goes back to it.',
    undo: 'Undo',
    redo: 'Redo',
  },
  rebase: {
    text: (source: string, version: number) =>
      `You corrected another run’s mask than the one listed. The pixels that you changed can be laid over the mask of ${source}: the next version, to be looked at again. v${version} stays below.`,
    act: 'Lay my corrections over it',
    all: 'All corrected photos …',
    done: (before: number) => `Your corrections lie on the listed mask now; v${before} is as it was.`,
    unknown: (version: number) =>
      `Which run’s mask v${version} was made from is not known. What you changed in it cannot be told from what the run made, so it cannot be laid over another mask.`,
  },
  rebaseAll: {
    command: 'Lay all corrections over the listed masks',
    title: 'Lay all corrections over the listed masks',
    text: (photos: number, source: string) =>
      `${countOf(photos, 'photo')} ${photos === 1 ? 'was' : 'were'} corrected on other masks than those of ${source}. Each takes the mask of ${source} with every pixel that was changed by hand, as its next version; it is unreviewed again, since nobody has seen the two together. The version before stays below.`,
    none: (source: string) => `No photo was corrected on other masks than those of ${source}.`,
    already: (photos: number) => `${countOf(photos, 'corrected photo')} began as these masks and stay as they are.`,
    without: (photos: number) =>
      `Of ${countOf(photos, 'corrected photo')} this run made no mask: they stay as they are.`,
    running: (source: string) => `Corrections onto ${source}`,
    stop: 'Stop',
    stopped: 'What was done until then stands; the other photos are as they were.',
    done: (photos: number, source: string) =>
      `The corrections of ${countOf(photos, 'photo')} lie on the masks of ${source} now. Each photo’s versions hold the mask from before.`,
    left: (photos: number) => `${countOf(photos, 'photo')} stayed as they were:`,
    act: (photos: number) => `Lay ${countOf(photos, 'correction')} over`,
    close: 'Close',
  },
  versions: {
    title: 'Versions',
    none: 'A version is kept each time the mask is saved.',
    origin: (made: string) => `As made by ${made}`,
    unknownOrigin: 'whose mask it was made from is not known',
    emptyOrigin: 'begun on an empty mask',
    otherOrigin: (made: string) => `made from ${made}`,
    reasons: { saved: 'saved', restored: 'restored', imported: 'imported' } satisfies Record<
      MaskVersion['reason'],
      string
    >,
    restoredFrom: (version: number) => `from v${version}`,
    compare: (version: number) => `Compare with v${version}`,
    compared: (version: number) => `v${version}`,
    restore: (version: number) => `Restore v${version}`,
    done: (version: number) => `Version ${version} is restored.`,
    doneWithOrigin: (version: number, origin: string) => `Version ${version} is restored: ${origin}.`,
    doneAndListed: (version: number, listed: string) =>
      `Version ${version} is restored. Nothing in it was changed by hand, so the mask of ${listed}, which is listed, is shown.`,
  },
} as const

/** The run and step that a mask began as. */
export function originTitle({ run, step }: MaskOrigin): string {
  return run === null ? reviewTexts.deletedSource(step) : reviewTexts.sourceTitle(run, step)
}

/** What a version was made from, beside others that were made from something else. */
export function versionOriginText(origin: MaskVersion['origin']): string {
  const texts = reviewTexts.versions
  if (origin === 'unknown') return texts.unknownOrigin
  return origin === null ? texts.emptyOrigin : texts.otherOrigin(originTitle(origin))
}

/** Why a photo stands where it stands. @param names of the classes by place */
export function reasonSentence(why: QueueReason, names: readonly string[]): string {
  const nameOf = (place: number) => names[place] ?? `class ${place + 1}`
  const labelName = (label: number) => (label === 0 ? 'background' : nameOf(label - 1))
  switch (why.order) {
    case 'gain':
      return why.label === null
        ? 'the maps expect nothing to be wrong here'
        : `correcting it is worth ${why.points.toFixed(2)} points of mean IoU, most for ${labelName(why.label)}: about ${countText(Math.round(why.pixels))} pixels are expected to be wrong`
    case 'margin':
      return why.margin === null
        ? 'nothing was found in this photo'
        : `the winning class is only ${why.margin.toFixed(2)} above the next`
    case 'entropy':
      return why.entropy === null
        ? 'nothing was found in this photo'
        : `the scores are undecided: entropy ${why.entropy.toFixed(2)} of 1`
    case 'runs':
      return why.label === null
        ? 'both runs agree'
        : `the runs disagree on ${wholePercentText(why.share)} of the foreground, most about ${labelName(why.label)}`
    case 'labels':
      return labelReason(why, nameOf)
    case 'tail':
      return why.place === null
        ? 'it has no labels'
        : `tail class ${nameOf(why.place)}: ${countOf(why.photos, 'photo')}`
    case 'random':
      return 'drawn at random'
    case 'name':
      return 'by name'
  }
}

function labelReason(
  { missing, extra }: Extract<QueueReason, { order: 'labels' }>,
  nameOf: (place: number) => string,
): string {
  const parts = [
    missing.length > 0 ? `labelled ${missing.map(nameOf).join(', ')} and not in the mask` : undefined,
    extra.length > 0 ? `${extra.map(({ place }) => nameOf(place)).join(', ')} in the mask and not labelled` : undefined,
  ].filter(part => part !== undefined)
  return parts.length === 0 ? 'mask and labels agree' : parts.join('; ')
}

/** E.g. "unreviewed or unsure". */
function namesOf(states: readonly ReviewState[]): string {
  return states.map(state => reviewTexts.states[state]).join(' or ')
}
