import { chromium } from 'playwright-core'
import { findChromium } from './setup/chromium.mjs'
import { headlessArguments } from './setup/headlessArguments.mjs'

/**
 * Real Chromium without a screen, as tests, pictures and benchmarks drive it.
 *
 * @param {string} root the checkout
 * @throws naming what to install: nothing that needs a browser goes on without one
 */
export async function launchChromium(root) {
  const executablePath = await findChromium(root)
  if (executablePath === undefined)
    throw new Error('No Chromium was found: install it (`apt install chromium`) or name one in MASKWRIGHT_CHROMIUM.')
  return chromium.launch({ executablePath, args: headlessArguments })
}
