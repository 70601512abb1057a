/** Neutral greys and one accent: the photo is the brightest thing on the screen. */
export const darkColours = {
  background: '#16171a',
  surface: '#1d1f23',
  'surface-bright': '#2a2d33',
  'surface-variant': '#3a3e46',
  'on-surface-variant': '#c9ccd3',
  primary: '#5cc8b0',
  'on-primary': '#08231d',
  secondary: '#9aa1ad',
  error: '#ff8a7a',
  warning: '#f2c14e',
  success: '#7fd18b',
  info: '#7fb3ff',
  border: '#33363d',
  /** Of what can be pressed: apart from the surface by 3 to 1 (WCAG 1.4.11). */
  outline: '#787d88',
} as const

export const lightColours = {
  background: '#f4f5f6',
  surface: '#ffffff',
  'surface-bright': '#ffffff',
  'surface-variant': '#dfe2e6',
  'on-surface-variant': '#3b4048',
  primary: '#0b7a66',
  'on-primary': '#ffffff',
  secondary: '#5a616c',
  error: '#b3261e',
  warning: '#8a5a00',
  success: '#17652a',
  info: '#1f5fbf',
  border: '#d5d9de',
  outline: '#868d97',
} as const
