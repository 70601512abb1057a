import { keepsEnter } from '../../commands/focus'

/** After a pointer's click on a tab, a box or a button gives the focus to what Enter is meant for. */
export function giveEnterBack({ detail }: MouseEvent, focus: () => void): void {
  if (detail === 0) return // pressed by keys, which stay there
  setTimeout(() => {
    if (keepsEnter(document.activeElement)) focus() // a box gets the focus after its click
  })
}
