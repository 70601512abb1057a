import { parseKeybinding } from 'tinykeys'

/** What the keys of this machine's layout print, by `event.code`; empty where the browser does not tell. */
export type KeyLayout = ReadonlyMap<string, string>

const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

const modifierNames: Readonly<Record<string, string>> = isApple
  ? { Control: '⌃', Alt: '⌥', Shift: '⇧', Meta: '⌘' }
  : { Control: 'Ctrl', Alt: 'Alt', Shift: 'Shift', Meta: 'Meta' }

/** Keys that are called otherwise than their code, and those that print something, as they are on a US keyboard. */
const codeNames: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
  BracketLeft: '[',
  BracketRight: ']',
  Slash: '/',
  Backslash: '\\',
  Comma: ',',
  Period: '.',
  Minus: '-',
  Equal: '=',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
}

/** What Shift makes of a key, as it is on a US keyboard, where the person's own prints the same without Shift. */
const shiftedNames: Readonly<Record<string, string>> = { Slash: '?', Comma: '<', Period: '>', Semicolon: ':' }

/** A press as a person reads it: `$mod+KeyK` → `Ctrl+K`. */
export function pressName(press: string, layout: KeyLayout = new Map()): string {
  const [parsed] = parseKeybinding(press)
  if (parsed === undefined) return press
  const [modifiers, key] = parsed
  if (modifiers.join() === 'Shift' && keyName(String(key), layout) === codeNames[String(key)])
    return shiftedNames[String(key)] ?? `${modifierNames['Shift']}+${codeNames[String(key)]}`
  const names = [...modifiers.map(name => modifierNames[name] ?? name), keyName(String(key), layout)]
  return names.join(isApple ? '' : '+')
}

function keyName(key: string, layout: KeyLayout): string {
  const printed = layout.get(key)
  if (printed !== undefined && printed.trim() !== '') return printed.toUpperCase()
  return codeNames[key] ?? key.replace(/^(Key|Digit)(?=.$)/, '').replace(/^Numpad/, 'Num ')
}

const modifierKeys = ['Control', 'Alt', 'Shift', 'Meta'] as const

/** The press that a key event is, in tinykeys' words; undefined while only modifiers are down. */
export function pressOf(event: Pick<KeyboardEvent, 'code' | 'key' | 'getModifierState'>): string | undefined {
  if (event.code === '' || (modifierKeys as readonly string[]).includes(event.key)) return undefined
  return [...modifierKeys.filter(name => event.getModifierState(name)), event.code].join('+')
}

/** One spelling of a press, for comparing: `$mod` is the machine's own key, and modifiers come in one order. */
export function normalPress(press: string): string {
  const [parsed] = parseKeybinding(press)
  if (parsed === undefined) return press
  const [modifiers, key] = parsed
  return [...modifierKeys.filter(name => modifiers.includes(name)), String(key)].join('+')
}
