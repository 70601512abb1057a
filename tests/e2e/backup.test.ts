import { expect, test } from 'vitest'
import { openProject } from '../../src/main/db/open'
import { maskwright } from '../helpers/cli'
import { tinyProject } from '../helpers/tinyProject'

test('one command backs a project up, one lists the backups and one restores', async () => {
  const project = tinyProject()
  project.settings.set('colour', 'grey')
  project.close()
  const ofProject = ['--project', project.folder]
  const made = await maskwright(['backup', '--json', ...ofProject])
  expect(made.code, made.err).toBe(0)
  const { file } = JSON.parse(made.out) as { file: string }

  const later = openProject(project.folder)
  later.settings.set('colour', 'green')
  const refused = await maskwright(['restore', file, ...ofProject])
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining(`open in process ${process.pid}`)])
  later.close()

  const listed = await maskwright(['backup', '--list', ...ofProject])
  expect(listed.out.split('\n').slice(0, 2).join(' ')).toMatch(/made .*file .*manual/)
  const restored = await maskwright(['restore', file, ...ofProject])
  expect([restored.code, restored.out]).toEqual([0, expect.stringContaining('The project as it was is kept')])
  const now = openProject(project.folder)
  expect(now.settings.get('colour')).toBe('grey')
  now.close()
})
