import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Problem } from './setup/problem.mjs'
import { printOutcome, setUp } from './setup/setUp.mjs'
import { testStages } from './setup/steps.mjs'
import { pictures } from './tour/pictures.mjs'
import { picturesPage, sizes, themes } from './tour/picturesPage.mjs'
import { runDemo } from './tour/runDemo.mjs'
import { prepareStage } from './tour/stage.mjs'

/**
 * `npm run screenshots [-- NAME …]`: every screen of the window on the sample project, in both themes and at two sizes,
 * into docs/guide/pictures, with a page that shows them all. It makes the sample project (`npm run demo`) where there is none.
 */
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const folder = join(root, 'docs', 'guide', 'pictures')

const problems = await setUp(root, testStages).catch(error => {
  if (error instanceof Problem) return [error]
  throw error
})
printOutcome(problems, 0)
if (problems.length > 0) process.exit(1)
const demo = await runDemo(root, join(root, 'demo'))
if (demo !== 0) process.exit(demo)

const { launchChromium } = await import('./launchChromium.mjs') // its package may just have been installed
const stage = await prepareStage(root)
const { child, address } = await serve()
const browser = await launchChromium(root)
try {
  mkdirSync(folder, { recursive: true })
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(address)
  const key = await projectKey(page)
  for (const colorScheme of themes)
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await takeAll(page, key, `${colorScheme}-${width}`)
    }
} finally {
  await browser.close()
  child.kill('SIGINT')
  rmSync(stage.folder, { recursive: true, force: true })
}
writeFileSync(join(folder, 'README.md'), picturesPage())
const taken = readdirSync(folder).filter(name => name.endsWith('.webp'))
const bytes = taken.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
console.log(`${taken.length} pictures, ${(bytes / 1e6).toFixed(1)} MB, in ${folder}`)

/**
 * @param {import('playwright-core').Page} page
 * @param {string} key of the project
 * @param {string} variant
 */
async function takeAll(page, key, variant) {
  const { default: sharp } = await import('sharp')
  const wanted = process.argv.slice(2)
  for (const { name, path, show } of pictures) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    await page.goto(new URL(path(key), address).href)
    await page.getByRole('main').waitFor()
    await show?.(page)
    await page.waitForTimeout(1_200) // charts appear
    await picturesAreThere(page)
    const png = await page.screenshot()
    await sharp(png)
      .webp({ quality: 82, effort: 6 })
      .toFile(join(folder, `${name}-${variant}.webp`))
    console.log(`${name}-${variant}`)
  }
}

/**
 * What lies below or right of the window is not fetched before it is scrolled to. The page's policy forbids `waitForFunction`.
 * @param {import('playwright-core').Page} page
 */
async function picturesAreThere(page) {
  const wanted = `[...document.images].every(image => {
    const { top, left } = image.getBoundingClientRect()
    return image.complete || top > innerHeight || left > innerWidth
  })`
  while (!(await page.evaluate(wanted))) await page.waitForTimeout(100)
}

/** @param {import('playwright-core').Page} page @returns {Promise<string>} */
function projectKey(page) {
  return page.evaluate(async () => {
    const answer = /** @type {{ result: { data: { key: string }[] } }} */ (
      await (await fetch('/api/projects.recent')).json()
    )
    return answer.result.data[0]?.key ?? ''
  })
}

/** @returns {Promise<{ child: import('node:child_process').ChildProcess, address: string }>} */
async function serve() {
  const args = ['serve', '--json', '--project', stage.project, '--root', stage.folder]
  const child = spawn(process.execPath, [join(root, 'bin', 'maskwright'), ...args], {
    env: { ...process.env, ...stage.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  return new Promise((done, fail) => {
    child.once('close', code => fail(new Error(`maskwright serve ended with ${code}`)))
    child.stdout.on('data', data => {
      out += data
      const address = /"address": "([^"]+)"/.exec(out)?.[1]
      if (address !== undefined) done({ child, address })
    })
  })
}
