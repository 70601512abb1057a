/** What the borders of panels say. */
export const panelTexts = {
  border: (panel: string) => `Border of ${panel}`,
  hint: 'Drag to resize, Enter folds, double click resets',
} as const
