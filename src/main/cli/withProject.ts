import { WorkbenchError } from '../../shared/errors'
import { openProject, type Project } from '../db/open'
import type { CommandContext } from './command'

/** Opens the command's project to look at it: also while another process has it, and where a later version made it. */
export async function withProject(context: CommandContext, use: (project: Project) => Promise<void>): Promise<void> {
  const project = openToLook(context)
  try {
    await use(project)
  } finally {
    project.close()
  }
}

function openToLook({ projectFolder, output }: CommandContext): Project {
  try {
    return openProject(projectFolder)
  } catch (error) {
    if (!(error instanceof WorkbenchError)) throw error
    if (error.code !== 'PROJECT_LOCKED' && error.code !== 'PROJECT_NEWER') throw error
    if (error.code === 'PROJECT_NEWER') output.note(`${error.message} It is shown as far as this version knows it.`)
    return openProject(projectFolder, { readOnly: true })
  }
}
