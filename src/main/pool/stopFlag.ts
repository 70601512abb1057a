/** Tells a task on another thread that nobody waits for it any more: four bytes that both threads see. */
export class StopFlag {
  readonly shared = new Int32Array(new SharedArrayBuffer(4))

  raise(): void {
    Atomics.store(this.shared, 0, 1)
  }
}

/** What a long task calls between its steps. @throws AbortError once the flag of its caller is raised */
export type StopCheck = () => void

/** @param shared of a StopFlag */
export function stopCheckOf(shared: Int32Array): StopCheck {
  return () => {
    if (Atomics.load(shared, 0) !== 0) throw new DOMException('the task was cancelled', 'AbortError')
  }
}
