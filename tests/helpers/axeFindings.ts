import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** All that axe looks at in the theme the page wears; in the other, which it wears from then on, what alone differs. */
export async function findingsInBothThemes(page: Page, screen: string): Promise<string[]> {
  const other = (await page.locator('.v-application.v-theme--dark').count()) > 0 ? 'light' : 'dark'
  const findings = await findingsOf(page, screen, {})
  await page.emulateMedia({ colorScheme: other })
  await page.locator(`.v-application.v-theme--${other}`).waitFor()
  findings.push(...(await findingsOf(page, `${screen} in the ${other} theme`, { runOnly: ['color-contrast'] })))
  return findings
}

/** Serious and critical findings, as `screen: rule: element`. */
async function findingsOf(page: Page, screen: string, options: object): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in globalThis'))) await page.evaluate(axe)
  const { violations } = await page.evaluate(async options => {
    const { axe } = globalThis as unknown as { readonly axe: { run: (options: object) => Promise<AxeResults> } }
    return axe.run({ resultTypes: ['violations'], preload: false, ...options })
  }, options)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `${screen}: ${id}: ${html.slice(0, 160)}`))
}
