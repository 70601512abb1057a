const BACKGROUND = /^_?background_?$/i

/**
 * Class names by mask value, from value 1: `labels.txt` (a name a line) or CVAT's `labelmap.txt`
 * (`name:R,G,B:parts:actions`). The line of the background is value 0; labelme's `__ignore__` before it is no value.
 * Without such a line the first name is value 1.
 */
export function parseMaskNames(text: string): readonly string[] {
  const names = text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#') && line !== '__ignore__')
    .map(line => line.split(':', 1)[0]!.trim())
  return BACKGROUND.test(names[0] ?? '') ? names.slice(1) : names
}
