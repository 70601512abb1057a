/** What the prototype inspector says. */
export const prototypeTexts = {
  title: (className: string) => `Prototypes of ${className}`,
  sides: { foreground: 'Class', context: 'Context' },
  sideHints: {
    foreground: (bound: string) =>
      `Centres of the class’s own features; those of a probability above ${bound} are chosen.`,
    context: (low: string, high: string) =>
      `Centres of what lies around it; those of a probability between ${low} and ${high} are chosen, and subtracted.`,
  },
  withoutContext: 'This step leaves the context out (mode lpcam-f).',
  on: (id: string) => `Prototype ${id} in the map`,
  probability: 'P',
  probabilityHint: 'What the classifier gives to the class at this centre',
  count: 'n',
  countHint: 'Features that it is the centre of',
  patches: (id: string) => `Patches nearest to ${id}`,
  patch: (stem: string, cosine: string) => `${stem}, cosine ${cosine}: show this photo`,
  broken: 'This centre is no number and cannot be used.',
  lastOne: 'The last of the class stays on: without any, a run would take the CAM.',
  byHand: { on: 'switched on by hand in this run', off: 'switched off by hand in this run' },
  reset: 'As the run has it',
  save: 'Use in a new run',
  unchanged: 'as the run has them',
  changed: (count: number) => `${count} switched`,
  cam: 'No feature of this class was above τ: it has no prototypes, and the seed step’s map stands in.',
  topOne: 'No centre passed the bound: the likeliest was taken.',
  from: (step: string) => `Prototypes of ${step}, not clustered again`,
  comparing: 'Comparing the photo with the prototypes …',
  busy: 'A run is computing: this takes longer.',
  readOnly: 'This project is open to look at it only: no new run can be made.',
} as const
