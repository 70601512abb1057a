import { WorkbenchError } from '../../../shared/errors'

/** A run as one page of HTML, which takes some seconds to draw. @throws what the server met, as its sentence */
export async function fetchRunReport(project: string, run: number): Promise<Blob> {
  const response = await fetch(`/bytes/${project}/runs/${run}/report.html`)
  if (!response.ok) throw new WorkbenchError('INTERNAL', await response.text())
  return response.blob()
}
