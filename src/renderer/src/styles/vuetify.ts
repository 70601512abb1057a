import 'vuetify/styles'
import { createVuetify } from 'vuetify'
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg'
import { darkColours, lightColours } from './tokens'

const border = 'rgba(var(--v-theme-border), 1)'

/** What lets the theme's style element past the Content-Security-Policy. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce

/** The kit: dense, quiet borders instead of shadows, icons as paths (no font is fetched). */
export const vuetify = createVuetify({
  icons: { defaultSet: 'mdi', aliases, sets: { mdi } },
  theme: {
    defaultTheme: 'dark',
    ...(nonce === undefined ? {} : { cspNonce: nonce }),
    themes: {
      dark: { dark: true, colors: { ...darkColours }, variables: { 'border-color': darkColours.border } },
      light: { dark: false, colors: { ...lightColours }, variables: { 'border-color': lightColours.border } },
    },
  },
  defaults: {
    global: { ripple: false },
    VBtn: { density: 'comfortable', variant: 'text', size: 'small', rounded: 'sm' },
    VTextField: { density: 'compact', variant: 'outlined', hideDetails: 'auto' },
    VSelect: { density: 'compact', variant: 'outlined', hideDetails: 'auto' },
    VAutocomplete: { density: 'compact', variant: 'outlined', hideDetails: 'auto' },
    VCombobox: { density: 'compact', variant: 'outlined', hideDetails: 'auto' },
    VTextarea: { density: 'compact', variant: 'outlined', hideDetails: 'auto' },
    VCheckbox: { density: 'compact', hideDetails: 'auto' },
    VSwitch: { density: 'compact', hideDetails: 'auto', color: 'primary' },
    VSlider: { density: 'compact', hideDetails: 'auto', color: 'primary' },
    VTable: { density: 'compact' },
    VDataTableVirtual: { density: 'compact' },
    VList: { density: 'compact' },
    VCard: { elevation: 0, style: `border: 1px solid ${border}` },
    // Not before it is shown: an empty tooltip is one without a name.
    VTooltip: { openDelay: 400, eager: false },
    VProgressLinear: { color: 'primary', rounded: true },
  },
})
