/**
 * Tells how the steps go: one line that renews itself on a terminal, a line every ten seconds elsewhere. Steps may go
 * on side by side; the line names them all.
 */
export class Reporter {
  /** @type {Set<ActiveStep>} */
  #active = new Set()
  #isTerminal = process.stdout.isTTY === true
  /** @type {NodeJS.Timeout | undefined} */
  #timer

  /**
   * @param {string} title
   * @param {number} estimate seconds
   * @returns {ActiveStep}
   */
  start(title, estimate) {
    const step = new ActiveStep(title, estimate)
    this.#active.add(step)
    this.#print(`${title}: about ${duration(estimate)}`)
    this.#timer ??= setInterval(() => this.#tick(), this.#isTerminal ? 1000 : 10_000)
    return step
  }

  /**
   * @param {ActiveStep} step
   * @param {string} outcome
   */
  end(step, outcome) {
    this.#active.delete(step)
    this.#print(`${step.title}: ${outcome} (${duration(step.elapsed())})`)
    if (this.#active.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #tick() {
    const line = [...this.#active].map(step => step.line()).join(' · ')
    if (this.#isTerminal) process.stdout.write(`\r\x1b[K${line.slice(0, process.stdout.columns - 1)}`)
    else console.log(line)
  }

  /** @param {string} line */
  #print(line) {
    console.log(this.#isTerminal ? `\r\x1b[K${line}` : line)
  }
}

class ActiveStep {
  #start = Date.now()
  /** What is being done, e.g. `fetching 120 of 252 MB`. */
  detail = ''

  /**
   * @param {string} title
   * @param {number} estimate seconds
   */
  constructor(title, estimate) {
    this.title = title
    this.estimate = estimate
  }

  /** Seconds since it began. */
  elapsed() {
    return (Date.now() - this.#start) / 1000
  }

  line() {
    const time = `${this.title}: ${duration(this.elapsed())} of about ${duration(this.estimate)}`
    return this.detail === '' ? time : `${time}, ${this.detail}`
  }
}

/**
 * `40 s`, `4 min 20 s`
 *
 * @param {number} seconds
 */
export function duration(seconds) {
  const whole = Math.round(seconds)
  return whole < 90 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
