/**
 * Something that a person can do on the screen: it stands in the palette and in the list of keys. A screen registers
 * its commands while it is shown (`useCommands`); the frame's are always there.
 */
export interface Command {
  /** `screen.verb`, such as `runs.start`. It never changes: a person's own keys are kept under it. */
  readonly id: string
  /** What it does, as an order: "Start the run". */
  readonly title: string
  /** Heading in the palette and the list of keys: the screen's name. */
  readonly group: string
  /**
   * One press or several, any of which will do, in tinykeys' words: `KeyB`, `Shift+KeyP`, `$mod+KeyK`, `BracketLeft`,
   * `Digit1`. Codes name the place of a key and not its letter; what it is called is looked up in the person's layout.
   */
  readonly keys?: readonly string[]
  /** False where it cannot be done now: the key does nothing and the palette shows it grey. */
  readonly enabled?: boolean
  /** Goes on while the key is held down, such as the next photo. */
  readonly repeats?: boolean
  /** Its key works in text fields and over dialogs too. */
  readonly everywhere?: boolean
  /** In the list of keys but not in the palette: what makes sense under a finger only. */
  readonly keyOnly?: boolean
  readonly run: () => unknown
  /** What ends when the key is let go, for what lasts as long as it is held. */
  readonly release?: () => void
}

/** What is known of a command wherever it is shown. */
export interface ShownCommand {
  readonly id: string
  readonly title: string
  readonly group: string
  readonly enabled: boolean
  /** The presses that work now: the person's own, or the ones it came with. */
  readonly keys: readonly string[]
  readonly changed: boolean
}
