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
  connectionLost: 'The connection to Maskwright is lost. It is tried again by itself; nothing that was saved is lost.',
  retry: 'Try again',
  theme: { light: 'Light theme', dark: 'Dark theme' },
  wentWrong: 'This could not be shown',
} as const
