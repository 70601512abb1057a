import { onScopeDispose, ref, type Ref } from 'vue'

/** What the system asks for, while the person has not chosen. */
export function useSystemTheme(): Ref<'light' | 'dark'> {
  const query = window.matchMedia('(prefers-color-scheme: light)')
  const theme = ref<'light' | 'dark'>(query.matches ? 'light' : 'dark')
  const update = () => (theme.value = query.matches ? 'light' : 'dark')
  query.addEventListener('change', update)
  onScopeDispose(() => query.removeEventListener('change', update))
  return theme
}
