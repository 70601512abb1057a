import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** A busy machine takes its time. */
const waitMs = 60_000

/** Fine-tuning that is never done by itself: small crops, a thousand epochs. */
export const endlessTraining = { longestSide: '96', epochs: '1000', batch: '4', crop: '64', resizeLong: '72, 96' }

/** The Runs screen of one project in one tab, as a person finds their way on it. */
export class RunsScreen {
  /** @param address `<origin>/p/<key>/runs` */
  constructor(
    readonly page: Page,
    readonly address: string,
  ) {
    page.setDefaultTimeout(waitMs)
  }

  step(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true })
  }

  option(step: string, name: string): Locator {
    return this.step(step).getByRole('textbox', { name, exact: true })
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  async becomes(state: string, timeout = waitMs): Promise<void> {
    await this.page.locator('[data-test=run-state]').getByText(state, { exact: true }).waitFor({ timeout })
  }

  async set(step: string, name: string, value: string): Promise<void> {
    await this.option(step, name).fill(value)
    await this.option(step, name).press('Tab')
  }

  async showAll(step: string): Promise<void> {
    await this.step(step)
      .getByText(/more options/)
      .click()
  }

  /** Trains the whole network with these options. */
  async fineTune(options: Readonly<Record<string, string>> = endlessTraining): Promise<void> {
    await this.showAll('classifier')
    // The kit lays its text over the field.
    await this.step('classifier').getByRole('combobox', { name: 'train' }).click({ force: true })
    await this.page.getByRole('option', { name: 'all', exact: true }).click()
    for (const [name, value] of Object.entries(options)) await this.set('classifier', name, value)
  }

  async start(): Promise<void> {
    await expect.poll(() => this.button('Start').isEnabled(), { timeout: waitMs }).toBe(true)
    await this.button('Start').click()
  }

  /** How many points the loss of a run has on the server. */
  async lossPoints(run = 1): Promise<number> {
    const { origin, pathname } = new URL(this.address)
    const input = encodeURIComponent(JSON.stringify({ project: pathname.split('/').at(-2), run }))
    const answer = await this.page.request.get(`${origin}/api/runs.curves?input=${input}`)
    const { result } = (await answer.json()) as { result: { data: { curves: { name: string; stored: number }[] } } }
    return result.data.curves.find(({ name }) => name === 'loss')?.stored ?? 0
  }

  async lossGrows(run = 1): Promise<void> {
    const before = await this.lossPoints(run)
    await expect.poll(() => this.lossPoints(run), { timeout: waitMs }).toBeGreaterThan(before)
  }
}
