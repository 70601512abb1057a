import { computed, type ComputedRef } from 'vue'

/**
 * A computed value that stays the same object for as long as it says the same: whoever shows it is not drawn anew because
 * something else of what it is read from has changed, as with the parts of an address.
 * @param read gives plain data, told apart by its JSON
 */
export function computedByValue<Value>(read: () => Value): ComputedRef<Value> {
  return computed<Value>(before => {
    const now = read()
    return before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now
  })
}
