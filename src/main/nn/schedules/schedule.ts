/** The factor on every group's learning rate at an optimizer step, 0 being the first. */
export type Schedule = (step: number) => number
