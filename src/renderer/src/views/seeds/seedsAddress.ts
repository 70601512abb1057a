import { colourMapNames, type ColourMapName } from '../../gl/colourMaps'
import { isOfRun, layerFromText, layerText, type LayerName } from '../shared/layerName'

/** The photos to walk through, the run's layers side by side, or the threshold lab. */
export const panelsBelow = ['photos', 'layers', 'lab'] as const
export type PanelBelow = (typeof panelsBelow)[number]

/** Everything that a person chose on the Seeds screen. Its address carries it, so that a link shows the same picture. */
export interface SeedsChoice {
  /** undefined: the maps of the newest finished run. */
  readonly left: LayerName | undefined
  /** undefined: no wipe. */
  readonly right: LayerName | undefined
  /** Place of a class; undefined: the photo's first labelled one. */
  readonly chosenClass: number | 'strongest' | undefined
  /** undefined: the one that the run's masks were made with. */
  readonly threshold: number | undefined
  readonly show: 'map' | 'mask'
  readonly opacity: number
  readonly colours: ColourMapName
  readonly cells: boolean
  readonly lines: boolean
  readonly ownScale: boolean
  /** Of the view's width. */
  readonly divider: number
  /** The panel that is open below. */
  readonly below: PanelBelow
}

export const usualChoice: SeedsChoice = {
  left: undefined,
  right: undefined,
  chosenClass: undefined,
  threshold: undefined,
  show: 'map',
  opacity: 0.6,
  colours: 'viridis',
  cells: false,
  lines: true,
  ownScale: false,
  divider: 0.5,
  below: 'photos',
}

/** The names under which the address carries the choice: other parts of it, such as the filter, stay as they are. */
export const choiceKeys = [
  ...['layer', 'run', 'step', 'b', 'class', 't', 'show', 'o', 'map', 'cells', 'lines', 'scale', 'wipe', 'below'],
] as const

type Query = Readonly<Record<string, unknown>>

/** What the address says; what it does not say, or says wrongly, is as usual. */
export function choiceFromQuery(query: Query): SeedsChoice {
  const text = (key: string) => (typeof query[key] === 'string' ? query[key] : undefined)
  return {
    left: leftFrom(text('layer'), text('run'), text('step')),
    right: layerFromText(text('b')),
    chosenClass: text('class') === 'strongest' ? 'strongest' : naturalNumber(text('class')),
    threshold: share(text('t')),
    show: text('show') === 'mask' ? 'mask' : usualChoice.show,
    opacity: share(text('o')) ?? usualChoice.opacity,
    colours: colourMapNames.find(name => name === text('map')) ?? usualChoice.colours,
    cells: text('cells') === '1',
    lines: text('lines') !== '0',
    ownScale: text('scale') === 'own',
    divider: share(text('wipe')) ?? usualChoice.divider,
    below: panelsBelow.find(name => name === text('below')) ?? usualChoice.below,
  }
}

/** The choice as parts of an address; what is as usual is left out. */
export function choiceToQuery(choice: SeedsChoice): Record<string, string> {
  const { left, right } = choice
  const parts: Record<string, string | undefined> = {
    layer: left === undefined || left.kind === 'step' ? undefined : left.kind,
    run: left === undefined || !isOfRun(left) ? undefined : String(left.run),
    step: left === undefined || !isOfRun(left) ? undefined : left.step,
    b: right === undefined ? undefined : layerText(right),
    class: choice.chosenClass === undefined ? undefined : String(choice.chosenClass),
    t: choice.threshold === undefined ? undefined : choice.threshold.toFixed(2),
    show: choice.show === usualChoice.show ? undefined : choice.show,
    o: choice.opacity === usualChoice.opacity ? undefined : choice.opacity.toFixed(2),
    map: choice.colours === usualChoice.colours ? undefined : choice.colours,
    cells: choice.cells ? '1' : undefined,
    lines: choice.lines ? undefined : '0',
    scale: choice.ownScale ? 'own' : undefined,
    wipe: right === undefined || choice.divider === usualChoice.divider ? undefined : choice.divider.toFixed(3),
    below: choice.below === usualChoice.below ? undefined : choice.below,
  }
  return Object.fromEntries(Object.entries(parts).filter((part): part is [string, string] => part[1] !== undefined))
}

function leftFrom(layer: string | undefined, run: string | undefined, step: string | undefined): LayerName | undefined {
  if (run === undefined || step === undefined) return layerFromText(layer)
  return layerFromText(`${layer === 'edges' ? 'edges:' : ''}${run}:${step}`)
}

function naturalNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

/** A number 0 … 1. */
function share(text: string | undefined): number | undefined {
  const value = text === undefined || text.trim() === '' ? NaN : Number(text)
  return value >= 0 && value <= 1 ? value : undefined
}
