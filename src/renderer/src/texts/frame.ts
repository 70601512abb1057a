/** What the frame around the screens says. */
export const frameTexts = {
  screens: {
    projects: 'Projects',
    dataset: 'Dataset',
    runs: 'Runs',
    seeds: 'Seeds',
    compare: 'Compare',
    engine: 'Engine and settings',
  },
  noProject: 'No project',
  readOnly: 'Read-only',
  connection: {
    lost: 'The connection to Maskwright is lost. It is tried again by itself; nothing that was saved is lost.',
    shutOut:
      'This window has no key to Maskwright any more. Press Enter where it runs, and open the address that it prints.',
  },
  retry: 'Try again',
  theme: { light: 'Light theme', dark: 'Dark theme' },
  wentWrong: 'This could not be shown',
} as const
