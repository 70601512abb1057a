/** Something the set-up cannot do by itself: a sentence with the remedy, and what works all the same. */
export class Problem extends Error {
  /**
   * @param {string} message what is missing and how to get it
   * @param {string} stillWorks what works without it
   */
  constructor(message, stillWorks) {
    super(message)
    this.stillWorks = stillWorks
  }
}
