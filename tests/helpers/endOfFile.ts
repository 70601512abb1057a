import { onTestFinished, type RunnerTestCase } from 'vitest'

/** It is told the test that has ended, where there is one. */
type Task = (test?: Readonly<RunnerTestCase>) => unknown

const tasks: Task[] = []

/** Has a task done when the test file has ended; the last one named comes first. */
export function atEndOfFile(task: Task): void {
  tasks.push(task)
}

/** Has a task done when the test has ended in which this is called; outside of tests, when the file has. */
export function atEndOfTest(task: Task): void {
  try {
    onTestFinished(async ({ task: test }) => {
      await task(test)
    })
  } catch {
    atEndOfFile(task)
  }
}

/** What `tests/setup.ts` does when a test file has ended: files that follow each other in one process share this module. */
export async function endFile(): Promise<void> {
  for (const task of tasks.splice(0).reverse()) await task()
}
