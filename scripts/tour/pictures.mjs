/**
 * @typedef {object} Picture
 * @property {string} name of the file, and in the guide
 * @property {(project: string) => string} path
 * @property {(page: import('playwright-core').Page) => Promise<unknown>} [show] brings the screen to what the picture shows
 */

/** Every screen, in the order of the work. @type {readonly Picture[]} */
export const pictures = [
  { name: 'projects', path: () => '/projects' },
  { name: 'import', path: () => '/projects/new' },
  { name: 'dataset', path: project => `/p/${project}/dataset` },
  { name: 'dataset-filtered', path: project => `/p/${project}/dataset?classes=0` },
  { name: 'runs', path: project => `/p/${project}/runs/1` },
  { name: 'seeds', path: project => `/p/${project}/seeds/1` },
  { name: 'wipe', path: project => `/p/${project}/seeds/1?show=mask&b=truth` },
  { name: 'side-by-side', path: project => `/p/${project}/seeds/1?below=layers` },
  {
    name: 'prototypes',
    path: project => `/p/${project}/seeds/1`,
    show: async page => {
      const inspector = page.getByRole('region', { name: /^Prototypes of/ })
      await inspector.getByRole('checkbox').nth(6).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'threshold-lab',
    path: project => `/p/${project}/seeds/1?below=lab`,
    show: page => page.getByRole('button', { name: /^Best/ }).waitFor({ timeout: 120_000 }),
  },
  {
    name: 'review',
    path: project => `/p/${project}/review?order=tail`,
    show: async page => {
      const stage = page.getByRole('application')
      await stage.waitFor()
      await page.getByRole('group', { name: 'Photos to review' }).locator('img').first().waitFor()
      await stage.focus()
      await page.keyboard.press('t')
      const box = await stage.boundingBox()
      if (box === null) return
      for (let i = 0; i < 8; i++) await page.keyboard.press('BracketRight')
      await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5)
    },
  },
  {
    name: 'review-difference',
    path: project => `/p/${project}/review?order=tail`,
    show: async page => {
      const stage = page.getByRole('application')
      await stage.waitFor()
      await stage.focus()
      const box = await stage.boundingBox()
      if (box === null) return
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
      for (const [key, offset] of /** @type {const} */ ([
        ['b', -40],
        ['e', 40],
      ])) {
        await page.keyboard.press(key)
        await page.mouse.move(x - 60, y + offset)
        await page.mouse.down()
        await page.mouse.move(x + 60, y + offset + 30, { steps: 8 })
        await page.mouse.up()
      }
      await page.keyboard.press('q')
      await page.getByRole('tab', { name: 'History' }).click()
    },
  },
  { name: 'compare', path: project => `/p/${project}/compare?e=1,2` },
  { name: 'confusion', path: project => `/p/${project}/compare?e=1,2&tab=confusion&c=all` },
  {
    name: 'photo-by-photo',
    path: project => `/p/${project}/compare?e=1,2`,
    show: page => page.getByRole('button', { name: 'Photo by photo' }).click(),
  },
  { name: 'long-tail', path: project => `/p/${project}/compare?e=1,2&tab=tail` },
  {
    name: 'export',
    path: project => `/p/${project}/export`,
    show: page => page.getByText(/looked through\.|Nothing is wrong with/).waitFor({ timeout: 120_000 }),
  },
  {
    name: 'engine',
    path: () => '/engine',
    show: async page => {
      if (await page.getByText('GFLOPS').isVisible()) return
      await page.getByRole('button', { name: /^Examine/ }).click()
      await page.getByText('GFLOPS').waitFor({ timeout: 120_000 })
    },
  },
  {
    name: 'palette',
    path: project => `/p/${project}/dataset`,
    show: async page => {
      await page.getByRole('button', { name: /Change the project/ }).waitFor()
      await page.keyboard.press('Control+KeyK')
      await page.getByRole('combobox', { name: /^Class, photo/ }).fill('ca')
    },
  },
  {
    name: 'keys',
    path: project => `/p/${project}/seeds/1`,
    show: async page => {
      await page.getByRole('button', { name: /Change the project/ }).waitFor()
      await page.keyboard.press('Shift+Slash')
    },
  },
]
