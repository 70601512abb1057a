/** What is said of works that go on. */
export const taskTexts = {
  endings: { failed: 'It did not work', cancelled: 'Cancelled' },
  starting: 'It begins …',
  left: (time: string) => `${time} left`,
} as const
