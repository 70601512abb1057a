import { randomBytes } from 'node:crypto'

/** A name that nobody can guess, new for every answer. */
export function newNonce(): string {
  return randomBytes(16).toString('base64')
}

/**
 * What pages of ours may do. Everything comes from this server, and no script is inline. The one style element that is
 * written while the page runs, Vuetify's theme, carries the nonce; style attributes are let through because ECharts
 * writes its tooltips with them, and they can fetch nothing but our own pictures. Nothing may show us in a frame.
 */
export function securityHeaders(nonce: string): Readonly<Record<string, string>> {
  return { 'Content-Security-Policy': contentPolicy(nonce), ...constantHeaders }
}

function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

const constantHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const
