import { inject, type InjectionKey } from 'vue'

/** Tells the keys of a command, as a person reads them: `Ctrl+K`; empty where it has none. The frame provides it. */
export const keyHintKey: InjectionKey<(command: string) => string> = Symbol('key hint')

export function useKeyHint(): (command: string) => string {
  return inject(keyHintKey, () => '')
}
