import type { PaletteKind } from '../commands/palette'
import { countOf } from './amounts'

/** What the palette, the list of keys and the frame's own commands say. */
export const commandTexts = {
  palette: {
    label: 'Command palette',
    placeholder: 'Class, photo, run, screen or command',
    none: (query: string) => `Nothing is called like “${query}”.`,
    searching: 'Looking for photos …',
    found: (count: number) => countOf(count, 'match', 'matches'),
    help: '↑ ↓ choose · Enter opens · Esc closes',
  },
  kinds: {
    command: 'Command',
    screen: 'Screen',
    project: 'Project',
    class: 'Class',
    run: 'Run',
    photo: 'Photo',
  } satisfies Record<PaletteKind, string>,
  keys: {
    title: 'Keys',
    search: 'Search commands',
    change: (title: string) => `Change the key of “${title}”`,
    press: 'Press the new key …',
    pressHelp: 'Esc leaves it as it is, Backspace takes the key away.',
    reset: (title: string) => `Give “${title}” its own key back`,
    resetAll: 'All keys as they came',
    none: 'no key',
    conflict: (others: string) => `Also ${others}: only the one that was registered last is heard.`,
    intro: 'Keys of this screen and of the frame. Click a key to change it; it is kept in this browser.',
    close: 'Close',
  },
  group: 'General',
  commands: {
    palette: 'Search and run anything',
    keys: 'Show the keys',
    theme: 'Change between light and dark',
    projects: 'Go to the projects',
    dataset: 'Go to the dataset',
    runs: 'Go to the runs',
    seeds: 'Go to the seeds',
    review: 'Go to the review',
    compare: 'Go to the comparison',
    export: 'Go to the export',
    engine: 'Go to engine and settings',
    closeProject: 'Close this project',
  },
} as const
