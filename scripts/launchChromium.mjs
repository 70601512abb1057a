import { statfsSync } from 'node:fs'
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
  const ignoreDefaultArgs = hasRoomInMemory() ? ['--disable-dev-shm-usage'] : []
  return chromium.launch({ executablePath, args: headlessArguments, ignoreDefaultArgs })
}

/**
 * Playwright lets Chromium's processes share their memory through files on the disk, since a container's `/dev/shm` has
 * often 64 MB. Where there is room in it, a twentieth of the processor time of a window's tests falls away.
 */
function hasRoomInMemory() {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize >= 2 ** 30
  } catch {
    return false // no Linux
  }
}
