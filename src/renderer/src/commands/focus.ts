const typed = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]'
/** Inputs in which nothing is typed. */
const untyped = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit']
const pressed =
  'button, a[href], summary, [role="button"], [role="menuitem"], [role="option"], [role="checkbox"], [role="switch"], [role="tab"], [role="radio"], input'
const steered =
  '[role="slider"], [role="separator"], [role="tab"], [role="radio"], [role="listbox"], [role="menu"], [role="menuitem"], [role="grid"], input[type="range"], input[type="radio"]'

/** True where what is typed goes into a field. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  const field = target.closest(typed)
  if (field === null) return false
  return !(field instanceof HTMLInputElement) || !untyped.includes(field.type)
}

/** True where the element under the focus needs this very key: Enter and Space press it, arrows move it. */
export function isKeyOfElement(target: EventTarget | null, code: string): boolean {
  if (!(target instanceof Element)) return false
  if (code === 'Enter' || code === 'NumpadEnter' || code === 'Space') return target.closest(pressed) !== null
  if (code.startsWith('Arrow') || ['Home', 'End', 'PageUp', 'PageDown'].includes(code))
    return target.closest(steered) !== null
  return false
}

/** True where a click has left Enter with an element that has no more to do with it: not with one that opened a menu. */
export function keepsEnter(target: Element | null): boolean {
  if (target === null || isTextField(target) || isInOverlay(target)) return false
  return isKeyOfElement(target, 'Enter') && target.closest('[aria-haspopup], [aria-expanded]') === null
}

/** True inside a menu or a dialog: what lies below it does not hear keys. */
export function isInOverlay(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.v-overlay, [role="dialog"]') !== null
}
