import { basename, extname } from 'node:path'

/** The photos that a list names, one a line. */
export interface SplitList {
  /** What the file is called, without `.txt`. */
  readonly split: string
  readonly names: readonly string[]
}

/**
 * Reads a list as the benchmarks keep them: a name a line, alone (VOC), before a flag (VOC's class lists), or before
 * the path of its mask (IRN's `train_aug.txt`: `/JPEGImages/a.jpg /SegmentationClassAug/a.png`).
 */
export function parseSplitList(text: string, file: string): SplitList {
  const names = text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => line.replace(/\s+(-?[01]|\S+\.png)$/i, ''))
  return { split: basename(file, extname(file)), names: [...new Set(names)] }
}
