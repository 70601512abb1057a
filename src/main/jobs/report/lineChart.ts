import { html, type Html } from './html'

export interface ChartLine {
  readonly name: string
  /** A value that was no number is null: the line has a gap there. */
  readonly points: readonly (readonly [at: number, value: number | null])[]
}

const WIDTH = 720
const HEIGHT = 250
const MARGIN = { left: 56, right: 12, top: 12, bottom: 40 }
/** Lines are told apart by six colours, then by dashes. */
const COLOURS = 6
const DASHES = 3

interface Scale {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
}

/** Curves over training steps as a picture without a script; the legend says each one's last value in words. */
export function lineChart(lines: readonly ChartLine[], { across }: { readonly across: string }): Html {
  const points = lines.flatMap(line => line.points)
  const x = scaleOf(points.map(([at]) => at))
  const y = scaleOf(points.flatMap(([, value]) => (value === null ? [] : [value])))
  if (x === undefined || y === undefined) return html`<p class="quiet">No values were recorded.</p>`
  const left = (at: number) => MARGIN.left + ((at - x.low) / (x.high - x.low)) * (WIDTH - MARGIN.left - MARGIN.right)
  const top = (value: number) => HEIGHT - MARGIN.bottom - ((value - y.low) / (y.high - y.low)) * (HEIGHT - MARGIN.top - MARGIN.bottom) // prettier-ignore
  const names = lines.map(({ name }) => name).join(', ')
  return html`<figure>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Curves of ${names}">
      ${y.ticks.map(value => gridLine(top(value), numberText(value)))}
      ${x.ticks.map(at => html`<text x="${fixed(left(at))}" y="${HEIGHT - 22}" text-anchor="middle">${numberText(at)}</text>`)}
      <text x="${WIDTH - MARGIN.right}" y="${HEIGHT - 4}" text-anchor="end">${across}</text>
      ${lines.map((line, place) => html`<path class="curve ${inkOf(place)}" d="${pathOf(line, left, top)}" />`)}
    </svg>
    <figcaption>
      <ul class="legend">
        ${lines.map((line, place) => legendOf(line, place))}
      </ul>
    </figcaption>
  </figure>`
}

function gridLine(y: number, text: string): Html {
  return html`<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${fixed(y)}" y2="${fixed(y)}" />
    <text x="${MARGIN.left - 6}" y="${fixed(y + 4)}" text-anchor="end">${text}</text>`
}

function legendOf({ name, points }: ChartLine, place: number): Html {
  const last = points.findLast(([, value]) => value !== null)?.[1]
  const swatch = html`<svg viewBox="0 0 18 10" aria-hidden="true">
    <path class="curve ${inkOf(place)}" d="M0 5H18" />
  </svg>`
  return html`<li>${swatch}${name}${typeof last === 'number' ? ` · ${numberText(last)} at the end` : ''}</li>`
}

function inkOf(place: number): string {
  return `s${place % COLOURS} d${Math.floor(place / COLOURS) % DASHES}`
}

/** `M` begins anew after every gap. A point between two gaps is drawn as a dot's width of line. */
function pathOf({ points }: ChartLine, left: (at: number) => number, top: (value: number) => number): string {
  let path = ''
  let isDown = false
  for (const [at, value] of points) {
    if (value !== null) path += `${isDown ? 'L' : 'M'}${fixed(left(at))} ${fixed(top(value))}${isDown ? '' : 'h.01'}`
    isDown = value !== null
  }
  return path
}

/** A range that holds all values and its ticks at 1, 2 or 5 times a power of ten; undefined without values. */
function scaleOf(values: readonly number[]): Scale | undefined {
  const finite = values.filter(Number.isFinite)
  if (finite.length === 0) return undefined
  let low = finite.reduce((least, value) => Math.min(least, value))
  let high = finite.reduce((most, value) => Math.max(most, value))
  if (low === high) [low, high] = [low - 0.5, high + 0.5]
  const step = tickStep((high - low) / 4)
  const first = Math.ceil(low / step)
  const ticks = Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step)
  return { low, high, ticks }
}

function tickStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast))
  return power * ([1, 2, 5].find(factor => factor * power >= atLeast) ?? 10)
}

function fixed(pixels: number): string {
  return pixels.toFixed(2)
}

/** Three digits that count: 0.0123, 12.3, 1,230. */
export function numberText(value: number): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size >= 100_000 || size < 0.0001) return value.toExponential(2)
  return Number(value.toPrecision(size >= 1000 ? 6 : 3)).toLocaleString('en-US', { maximumFractionDigits: 7 })
}
