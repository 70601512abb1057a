import { useCommands } from '../../stores/commands'
import { seedsTexts } from '../../texts/seeds'
import type { Command } from '../../commands/command'

/** What the Seeds screen can do by key. */
export interface SeedsActs {
  readonly step: (by: 1 | -1) => void
  readonly cycle: (by: 1 | -1) => void
  readonly changeThreshold: (by: number) => void
  readonly changeOpacity: (by: number) => void
  readonly toggleShow: () => void
  readonly peek: (on: boolean) => void
  readonly chooseClass: (n: number) => void
  readonly search: () => void
  readonly fit: () => void
  readonly actualSize: () => void
  readonly zoomIn: () => void
  readonly zoomOut: () => void
}

const classKeys = 9
const thresholdStep = 0.01
const opacityStep = 0.1

export function useSeedsCommands(acts: SeedsActs): void {
  const command = (
    id: string,
    title: string,
    keys: readonly string[],
    run: () => void,
    more: Partial<Command> = {},
  ) => ({
    id: `seeds.${id}`,
    title,
    group: seedsTexts.group,
    keys,
    run,
    ...more,
  })
  const held = { repeats: true }
  useCommands(() => [
    command('next', seedsTexts.next, ['KeyD'], () => acts.step(1), held),
    command('previous', seedsTexts.previous, ['KeyA'], () => acts.step(-1), held),
    command('lower', seedsTexts.lower, ['Minus', 'NumpadSubtract'], () => acts.changeThreshold(-thresholdStep), held),
    command('higher', seedsTexts.higher, ['Equal', 'NumpadAdd'], () => acts.changeThreshold(thresholdStep), held),
    command('fainter', seedsTexts.fainter, ['Comma'], () => acts.changeOpacity(-opacityStep), held),
    command('stronger', seedsTexts.stronger, ['Period'], () => acts.changeOpacity(opacityStep), held),
    command('layer', seedsTexts.cycle, ['KeyQ'], () => acts.cycle(1)),
    command('layerBack', seedsTexts.cycleBack, ['Shift+KeyQ'], () => acts.cycle(-1)),
    command('show', seedsTexts.toggleShow, ['KeyM'], acts.toggleShow),
    command('peek', seedsTexts.peek, ['KeyH'], () => acts.peek(true), {
      keyOnly: true,
      release: () => acts.peek(false),
    }),
    command('search', seedsTexts.search, ['Slash'], acts.search),
    command('fit', seedsTexts.fit, ['Digit0'], acts.fit),
    command('actualSize', seedsTexts.actual, ['KeyZ'], acts.actualSize),
    command('zoomIn', seedsTexts.zoomIn, ['Shift+Equal'], acts.zoomIn, held),
    command('zoomOut', seedsTexts.zoomOut, ['Shift+Minus'], acts.zoomOut, held),
    ...Array.from({ length: classKeys }, (_, n) =>
      command(`class${n + 1}`, seedsTexts.chooseClass(n + 1), [`Digit${n + 1}`], () => acts.chooseClass(n), {
        keyOnly: true,
      }),
    ),
  ])
}
