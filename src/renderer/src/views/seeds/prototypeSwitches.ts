import type { ClassPrototypes, Prototype } from '../../../../shared/contract/prototypes'
import { parsePrototypeId } from '../../../../shared/prototypes/prototypeId'
import type { PrototypeSwitches } from '../../../../shared/prototypes/recombine'

/** A prototype that a person switched, over what the run has. */
export interface Switch {
  /** Place of the class. */
  readonly place: number
  /** `f3`, `c1` */
  readonly id: string
  readonly on: boolean
}

/** Whose prototypes they are. */
interface Step {
  readonly run: number
  readonly step: string
}

const prefixOf = ({ run, step }: Step) => `${run}/${step}:`

/**
 * `1/lpcam:0-f3,0_c1`: what the address says of a step's switched prototypes. Those of another step, where `f3` stands
 * for something else, are none; parts that cannot be read are left out.
 */
export function switchesFromText(text: unknown, of: Step): readonly Switch[] {
  const prefix = prefixOf(of)
  if (typeof text !== 'string' || !text.startsWith(prefix)) return []
  const parts = text.slice(prefix.length).split(',')
  return parts.flatMap(part => {
    const match = /^(\d{1,4})([-_])([fc]\d{1,5})$/.exec(part)
    if (match === null || parsePrototypeId(match[3]!) === undefined) return []
    return [{ place: Number(match[1]), id: match[3]!, on: match[2] === '_' }]
  })
}

/** `_` switches on: a plus would be a blank in an address. */
export function switchesToText(switches: readonly Switch[], of: Step): string | undefined {
  const parts = switches.map(({ place, id, on }) => `${place}${on ? '_' : '-'}${id}`)
  return parts.length === 0 ? undefined : prefixOf(of) + parts.join(',')
}

/** The switches with one prototype turned; one that is as the run has it again is no switch. */
export function turned(
  switches: readonly Switch[],
  place: number,
  { id, chosen }: Pick<Prototype, 'id' | 'chosen'>,
  on: boolean,
): readonly Switch[] {
  const others = switches.filter(other => other.place !== place || other.id !== id)
  return on === chosen ? others : [...others, { place, id, on }]
}

/** Whether a prototype is on now. */
export function isOn(switches: readonly Switch[], place: number, { id, chosen }: Pick<Prototype, 'id' | 'chosen'>) {
  return switches.find(other => other.place === place && other.id === id)?.on ?? chosen
}

/** What the map is recombined with. */
export function selectionOf(
  { prototypes }: Pick<ClassPrototypes, 'prototypes'>,
  switches: readonly Switch[],
  place: number,
): PrototypeSwitches {
  const side = (wanted: Prototype['side']) =>
    prototypes.filter(prototype => prototype.side === wanted).map(prototype => isOn(switches, place, prototype))
  return { foreground: side('foreground'), context: side('context') }
}

/**
 * Settings of a new run with the same prototypes and the switches: what the run had switched already stays so, and what
 * is switched back is in neither list.
 * @param names of all classes, by place
 */
export function selectionSettings(
  { run, step, drop, keep }: Pick<ClassPrototypes, 'run' | 'step' | 'drop' | 'keep'>,
  switches: readonly Switch[],
  names: readonly string[],
): readonly string[] {
  const nameOf = ({ place, id }: Switch) => `${names[place]!}/${id}`
  const switched = new Set(switches.map(nameOf))
  const list = (before: readonly string[], on: boolean) => [
    ...before.filter(name => !switched.has(name)),
    ...switches.filter(one => one.on === on).map(nameOf),
  ]
  return [
    `${step}.prototypes=${run}/${step}`,
    `${step}.drop=${JSON.stringify(list(drop, false))}`,
    `${step}.keep=${JSON.stringify(list(keep, true))}`,
  ]
}
