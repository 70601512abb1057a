/** How choices of photos to measure on are called. */
export const subsetTexts = {
  filter: 'Filtered photos',
  all: 'All photos of the run',
  ofClass: (name: string) => `With ${name}`,
  split: (name: string) => `Split ${name}`,
} as const
