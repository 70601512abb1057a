/** PASCAL VOC's 20 classes; the value of each in its masks is its place here + 1 (VOC2012 devkit, VOCinit.m). */
export const vocClasses: readonly string[] = [
  'aeroplane',
  'bicycle',
  'bird',
  'boat',
  'bottle',
  'bus',
  'car',
  'cat',
  'chair',
  'cow',
  'diningtable',
  'dog',
  'horse',
  'motorbike',
  'person',
  'pottedplant',
  'sheep',
  'sofa',
  'train',
  'tvmonitor',
]

export function areVocClasses(names: readonly string[]): boolean {
  return names.length > 0 && names.every(name => vocClasses.includes(name))
}
