/** Which of a class's two sets a prototype is of: its own features, or those around it. */
export type PrototypeSide = 'foreground' | 'context'

/** A prototype of a class: its side and its place among the centres of that side, from 0. */
export interface PrototypePlace {
  readonly side: PrototypeSide
  readonly index: number
}

/** `f3` is the third prototype of a class, `c1` the first of its context: counted from 1, as people do. */
export function prototypeId({ side, index }: PrototypePlace): string {
  return `${side === 'foreground' ? 'f' : 'c'}${index + 1}`
}

/** Undefined for what is no id of a prototype. */
export function parsePrototypeId(id: string): PrototypePlace | undefined {
  const match = /^([fc])([1-9]\d{0,5})$/.exec(id)
  if (match === null) return undefined
  return { side: match[1] === 'f' ? 'foreground' : 'context', index: Number(match[2]) - 1 }
}

/** `cat/f3`: a prototype among those of all classes, as recipes name it. */
export function prototypeName(className: string, place: PrototypePlace): string {
  return `${className}/${prototypeId(place)}`
}

/** The class's name and the prototype; undefined for what names none. A class's own name may hold slashes. */
export function parsePrototypeName(
  name: string,
): { readonly className: string; readonly place: PrototypePlace } | undefined {
  const slash = name.lastIndexOf('/')
  const place = slash > 0 ? parsePrototypeId(name.slice(slash + 1)) : undefined
  return place && { className: name.slice(0, slash), place }
}
