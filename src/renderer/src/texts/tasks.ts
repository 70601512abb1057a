/** What is said of works that go on. */
export const taskTexts = {
  starting: 'It begins …',
  left: (time: string) => `${time} left`,
} as const
