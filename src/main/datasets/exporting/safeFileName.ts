import { WorkbenchError } from '../../../shared/errors'

/** Names that Windows keeps for devices, with any ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * A stem as a file name, for exports. Stems come from file names and from files that others made: one like `../x`
 * would write outside the chosen folder, and one with a colon or a device's name could not be unpacked elsewhere.
 */
export function safeFileName(stem: string): string {
  const bad =
    stem === '' || hasForbiddenCharacter(stem) || /^\.+$/.test(stem) || /[. ]$/.test(stem) || RESERVED.test(stem)
  if (!bad) return stem
  throw new WorkbenchError(
    'BAD_INPUT',
    `The photo "${stem}" cannot name an exported file: rename it (letters, digits, - _ and .) and import it again.`,
  )
}

function hasForbiddenCharacter(stem: string): boolean {
  return [...stem].some(character => character < ' ' || '/\\:*?"<>|\u007f'.includes(character))
}
