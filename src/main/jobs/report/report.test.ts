import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { measuredProject } from '../../../../tests/helpers/measuredProject'
import { reviewProject } from '../../../../tests/helpers/reviewProject'
import { defaultScoreRules } from '../../../shared/metrics/scoreRules'
import { openProject, type Project } from '../../db/open'
import type { PoolWorkContext } from '../../pool/forEachInPool'
import { runTask } from '../../pool/tasks'
import { evaluate } from '../evaluate'
import { reportPage } from './reportPage'
import { collectReport } from './runReport'

const work: PoolWorkContext = {
  pool: { threads: 1, run: (name, input) => runTask(name, input) },
  progress: () => undefined,
  checkpoint: () => Promise.resolve(),
}
const hostile = { run: '"><img src=x onerror=alert(1)>STYLE$&', class: '<script>alert(2)</script>' }

/** Ten columns of truth each, of which the mask of class 1 has half, and of class 2 all. */
async function openMeasured(): Promise<Project> {
  const truths = [[[20, 0], [20, 1]], [[20, 0], [20, 2]], [[20, 0], [20, 2]]] as const // prettier-ignore
  const masks = [[[30, 0], [10, 1]], [[20, 0], [20, 2]], [[20, 0], [20, 2]]] as const // prettier-ignore
  const folder = await measuredProject([hostile.class, 'dog'], truths, [{ name: hostile.run, threshold: 0.4, masks }])
  return openProject(folder)
}

async function pageOf(project: Project, photos: number): Promise<string> {
  return reportPage(await collectReport(project, project.runs.get(1), { photos }, work), new Date(0))
}

/** Cells of the row that begins with `name`, in the first table that has one. */
function rowOf(page: string, name: string): string[] {
  const row = page.slice(page.indexOf(`<th scope="row">${name}</th>`)).split('</tr>')[0]!
  return [...row.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, text]) => text!)
}

test('a page says what was measured, in tables worked out by hand', async () => {
  const project = await openMeasured()
  try {
    await evaluate(project, project.runs.get(1), { rules: defaultScoreRules }, work)
    const page = await pageOf(project, 0)
    // Class 1: 10 of 20 columns found, none wrong. Background: 60 of 70. Class 2: all.
    expect(rowOf(page, '&lt;script&gt;alert(2)&lt;/script&gt;')).toEqual(['1', 'Medium', '50.0'])
    expect(rowOf(page, 'dog')).toEqual(['2', 'Many', '100.0'])
    expect(rowOf(page, 'background')).toEqual(['3', '', '85.7'])
    expect(rowOf(page, 'mean of Many')).toEqual(['', '1 class', '100.0'])
    expect(page).toContain('by their photos the first 1, the next 1 and the last 0 of the classes')
    expect(page).toContain('threshold 0.40')
    expect(rowOf(page, 'threshold')).toEqual(['0.4', '&quot;auto&quot;'])
    expect(page).toMatch(/At their defaults: scales \[1,0\.5,1\.5,2\], mirrored true/)
    expect(page).toContain('maskwright run recipe.yaml --seed 1</pre>')
  } finally {
    project.close()
  }
})

test('names are read, never run: nothing is fetched, and the policy lets no script through', async () => {
  const project = await openMeasured()
  try {
    const page = await pageOf(project, 0)
    expect(page).not.toMatch(/<script|<img|<link|<iframe| on[a-z]+=[^&]*>/i)
    expect(page).toContain('<title>Run 1: &quot;&gt;&lt;img src=x onerror=alert(1)&gt;STYLE$&amp;</title>')
    expect(page).toContain('Nothing was measured yet')
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!
    const hash = createHash('sha256').update(style).digest('base64')
    expect(page).toContain(`default-src 'none'; style-src 'sha256-${hash}'; img-src data:;`.replaceAll("'", '&#39;'))
    expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)].every(([, url]) => /^https:\/\/arxiv\.org\//.test(url!))).toBe(
      true,
    )
  } finally {
    project.close()
  }
})

test('pictures are in the page itself, the worst photos apart', async () => {
  const project = await openMeasured()
  try {
    await evaluate(project, project.runs.get(1), { rules: defaultScoreRules }, work)
    const page = await pageOf(project, 2)
    const images = [...page.matchAll(/<img src="data:image\/jpeg;base64,([^"]+)" alt="([^"]*)"/g)]
    expect(images.map(([, , alt]) => alt)).toEqual([
      'Photos spread over the dataset: photo-0, photo-2',
      'Photos that masks got most wrong: photo-0, photo-1',
    ])
    const { width } = await sharp(Buffer.from(images[0]![1]!, 'base64')).metadata()
    expect(width).toBeGreaterThan(800)
  } finally {
    project.close()
  }
})

test('means of groups say what they gain on the first step, and the best of a class stands out', async () => {
  const truth = [[20, 0], [20, 1]] as const // prettier-ignore
  const half = { name: 'half', threshold: 0.5, masks: [[[30, 0], [10, 1]]] } as const // prettier-ignore
  const whole = { name: 'whole', threshold: 0.4, masks: [truth] }
  const project = openProject(await measuredProject(['cat'], [truth], [half, whole]))
  try {
    for (const run of [1, 2]) await evaluate(project, project.runs.get(run), { rules: defaultScoreRules }, work)
    const report = await collectReport(project, project.runs.get(1), { photos: 0 }, work)
    const evaluations = [project.evaluations.get(1), project.evaluations.get(2)]
    const page = reportPage({ ...report, evaluations }, new Date(0))
    expect(rowOf(page, 'cat')).toEqual(['1', 'Few', '50.0', '100.0'])
    expect(page).toContain('<td class="number best">100.0</td>')
    expect(rowOf(page, 'mean of Few')).toEqual(['', '1 class', '50.0', '100.0 (+50.0)'])
    expect(rowOf(page, 'mean of all')).toEqual(['', '', '58.3', '100.0 (+41.7)'])
  } finally {
    project.close()
  }
})

test('figures of a person’s masks never stand for those of the method, and say what they are where they are all', async () => {
  const size = { width: 4, height: 4 }
  const whole = new Uint8Array(16).fill(1)
  const half = Uint8Array.from({ length: 16 }, (_, i) => (i < 8 ? 1 : 0))
  const { project, desk } = await reviewProject(['cat'], size, [{ stem: 'a', labels: [0], truth: whole, mask: half }])
  try {
    const { mask, journal } = desk.photo(1, null)
    const seen = { version: mask.version, revision: journal.revision }
    await desk.save(1, null, { ...seen, labels: whole, restart: false, decision: 'accept' })
    const measured = { step: 'masks', rules: defaultScoreRules } as const
    await evaluate(project, project.runs.get(1), { ...measured, masks: 'corrected' }, work)
    const corrected = await pageOf(project, 0)
    expect(rowOf(corrected, 'cat')).toEqual(['1', 'Few', '100.0'])
    expect(corrected).toContain('mIoU of masks with a person&#39;s masks in their place</li>')
    expect(corrected).toContain(
      '· a person&#39;s masks where there are any, else the step&#39;s · 100.0 % of the masks',
    )
    await evaluate(project, project.runs.get(1), measured, work)
    await evaluate(project, project.runs.get(1), { ...measured, truth: 'corrections' }, work)
    await evaluate(project, project.runs.get(1), { ...measured, truth: 'both', masks: 'corrected' }, work)
    const plain = await pageOf(project, 0)
    expect(rowOf(plain, 'cat')).toEqual(['1', 'Few', '50.0'])
    expect(plain).toContain('mIoU of masks</li>')
    expect(plain).not.toMatch(/a person&#39;s|corrected by hand/)
  } finally {
    project.close()
  }
})
