import { expect, test } from 'vitest'
import { buildFixture } from '../helpers/buildFixture'
import { killedWhilePainting, type KilledRound } from '../helpers/killedWhilePainting'
import { reviewProject } from '../helpers/reviewProject'

/** `PAINTING_MOMENTS=200 npx vitest run tests/e2e/paintingKilled.test.ts` takes more of them. */
const moments = Number(process.env['PAINTING_MOMENTS'] ?? 8)

test(
  'killed at any moment, a mask is what was stored last or what was being stored, and nothing is damaged',
  async () => {
    const size = { width: 48, height: 32 }
    const { project } = await reviewProject(['cat', 'dog'], size, [
      { stem: 'a', labels: [0], mask: new Uint8Array(48 * 32).fill(1) },
    ])
    project.close()
    const script = await buildFixture('tests/fixtures/paintingProcess.ts')
    const rounds: KilledRound[] = []
    for (let seed = 1; seed <= moments; seed++) rounds.push(await killedWhilePainting(script, project.folder, seed))
    expect(rounds).toHaveLength(moments)
    expect(Math.min(...rounds.map(({ stored }) => stored))).toBeGreaterThanOrEqual(2)
  },
  moments * 20_000,
)
