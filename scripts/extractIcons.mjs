/**
 * Copies the few icons that the sample project draws out of the 100 MB package @iconify-json/fluent-emoji (MIT) into
 * resources/sample/icons.json, so that the package stays a development dependency. Run it again after changing the
 * list: `node scripts/extractIcons.mjs`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** What an icon shows besides its object, recognised by a piece of the element's attributes. */
const water = ['d="M30 2', 'd="M29.949 23c']
const runway = ['d="M1.801 24.057', 'd="M1.977 23.927', 'fill="#A6A3B4"']
const steam = [
  'M16.43 9.242',
  'M10.93 9.242',
  'M21.93 9.242',
  'M10.732 9.133',
  'M16.257 9.133',
  'M21.75 9.133',
  'M10.79 9.281',
  'M16.214 9.281',
  'M21.707 9.281',
].map(start => `d="${start}`)
const track = ['d="M30 27H2v3h28z"', 'd="M2.698 28.025']

/** Icon → the drawn elements to leave out. A boat's truth must not hold the water that the icon draws under it. */
const wanted = {
  cat: [],
  'black-cat': [],
  dog: [],
  poodle: [],
  'guide-dog': [],
  horse: [],
  sailboat: water,
  speedboat: ['d="M30 23c'],
  'motor-boat': water,
  canoe: water,
  locomotive: [],
  'railway-car': [],
  'bullet-train': track,
  train: ['d="m10.26 22.094', 'd="M7.224 28.947'],
  tram: ['d="M9.803 23.175'],
  airplane: [],
  'small-airplane': [],
  'airplane-departure': runway,
  'airplane-arrival': runway,
  automobile: [],
  'oncoming-automobile': [],
  'sport-utility-vehicle': [],
  taxi: [],
  'police-car': [],
  bicycle: [],
  'hot-beverage': [],
  'teacup-without-handle': steam,
  'couch-and-lamp': [],
  'potted-plant': [],
  window: [],
  'deciduous-tree': [],
  'evergreen-tree': [],
  house: [],
  rock: [],
}

/**
 * The body without the drawn elements whose attributes contain one of `pieces`; gradients and filters stay.
 *
 * @param {string} body
 * @param {readonly string[]} pieces
 * @param {string} name
 */
function without(body, pieces, name) {
  let left = body
  for (const piece of pieces) {
    const escaped = piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    left = left.replace(new RegExp(`<(path|rect|circle)[^<>]*${escaped}[^<>]*/>`, 'g'), '')
  }
  if (pieces.length > 0 && left === body) throw new Error(`${name}: nothing matched ${pieces.join(', ')}`)
  return left.replace(/<g[^<>]*><\/g>/g, '')
}

const require = createRequire(import.meta.url)
const set = JSON.parse(readFileSync(require.resolve('@iconify-json/fluent-emoji/icons.json'), 'utf8'))
/** @type {Record<string, { width: number, height: number, body: string, stretch?: number }>} */
const icons = {}
for (const [key, pieces] of Object.entries(wanted)) {
  const icon = set.icons[key]
  if (!icon) throw new Error(`the icon set has no "${key}"`)
  icons[key] = {
    width: icon.width ?? set.width,
    height: icon.height ?? set.height,
    body: without(icon.body, pieces, key),
  }
}
// The icon shows half a bullet train, foreshortened; two halves make a train when each is drawn longer.
Object.assign(icons['bullet-train'] ?? {}, { stretch: 1.6 })
const { name, author, license } = JSON.parse(
  readFileSync(require.resolve('@iconify-json/fluent-emoji/info.json'), 'utf8'),
)
const source = { name, author, license }
const file = new URL('../resources/sample/icons.json', import.meta.url)
writeFileSync(file, `${JSON.stringify({ source, icons }, null, 1)}\n`)
console.log(`${Object.keys(icons).length} icons → resources/sample/icons.json`)
