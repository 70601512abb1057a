import type { ShownCommand } from './command'
import { normalPress } from './keys'

/** Commands that share a press with another one: of these only the one of the screen that was opened last is heard. */
export function conflictsOf(commands: readonly ShownCommand[]): ReadonlyMap<string, readonly ShownCommand[]> {
  const byPress = new Map<string, ShownCommand[]>()
  for (const command of commands)
    for (const press of new Set(command.keys.map(normalPress)))
      byPress.set(press, [...(byPress.get(press) ?? []), command])
  const conflicts = new Map<string, readonly ShownCommand[]>()
  for (const sharing of byPress.values()) {
    if (sharing.length < 2) continue
    for (const command of sharing) {
      const others = sharing.filter(({ id }) => id !== command.id)
      conflicts.set(command.id, [...(conflicts.get(command.id) ?? []), ...others])
    }
  }
  return conflicts
}
