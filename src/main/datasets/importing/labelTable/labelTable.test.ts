import { expect, test } from 'vitest'
import { decodeText } from '../readText'
import { detectDelimiter } from './delimiter'
import { parseLabelTable } from './labelTable'

function read(text: string): string[] {
  return parseLabelTable(text, 'labels.csv').rows.map(({ photo, present }) => `${photo}: ${present.join('+')}`)
}

test('a delimited table has several classes in a cell', () => {
  const table = parseLabelTable('image,labels\na.jpg,cat;dog\nb.jpg,\nc.jpg,cat|cow\n', 'labels.csv')
  expect(table.form).toBe('listed')
  expect(table.rows.map(row => row.present)).toEqual([['cat', 'dog'], [], ['cat', 'cow']])
})

test('a long table has a row for every photo and class', () => {
  expect(read('filename\tclass\na.jpg\tcat\na.jpg\tdog\nb.jpg\tcow')).toEqual([
    'a.jpg: cat',
    'a.jpg: dog',
    'b.jpg: cow',
  ])
})

test('a wide table has a column for every class', () => {
  const text = 'image,cat,dog,traffic light\na.jpg,1,0,\nb.jpg,true,FALSE,x\nc.jpg,?,1.0,-1\n'
  const table = parseLabelTable(text, 'labels.csv')
  expect(table).toMatchObject({ form: 'wide', columns: ['cat', 'dog', 'traffic light'] })
  expect(table.rows.map(row => row.present)).toEqual([['cat'], ['cat', 'traffic light'], ['dog']])
  expect(table.rows.map(row => row.unknown)).toEqual([[], [], ['cat']])
})

test('a wide table of one class is not a list of classes called 0 and 1', () => {
  expect(read('image,cat\na.jpg,1\nb.jpg,0\n')).toEqual(['a.jpg: cat', 'b.jpg: '])
})

test('columns that hold no labels are passed over and named', () => {
  const table = parseLabelTable('id,width,cat,url,split\na,500,1,http://x/,val\nb,400,0,,train\n', 'labels.csv')
  expect(table.columns).toEqual(['cat'])
  expect(table.rows.map(row => row.split)).toEqual(['val', 'train'])
  expect(table.notes).toEqual(['Columns that hold no labels were passed over: width, url.'])
})

test('quotes, byte order marks, blanks and empty lines are no part of names', () => {
  const text = '\ufeffimage,labels\r\n\r\n" a, b.jpg","cat, dog"\r\n  c.jpg ,  cow \r\n,cat\r\n'
  expect(read(text)).toEqual(['a, b.jpg: cat+dog', 'c.jpg: cow'])
  expect(parseLabelTable(text, 'labels.csv').notes).toEqual(['Rows that name no photo: 1.'])
})

test('a table without a header is a list of photos and classes', () => {
  expect(read('a.jpg;cat\nb.jpg;dog\n')).toEqual(['a.jpg: cat', 'b.jpg: dog'])
  expect(() => read('a.jpg;1;0\n')).toThrow(/names a photo instead of 3 columns/)
})

test.each([
  ['image,labels\na.jpg,cat;dog\nb.jpg,cow;cat;dog', ','],
  ['image;labels\n"a;1.jpg";"x;y"\nb.jpg;"cat,dog"', ';'],
  ['image\tcat\tdog\na,1.jpg\t1\t0', '\t'],
  ['image|labels\na.jpg|cat,dog', '|'],
  ['image\na.jpg', undefined],
  ['', undefined],
])('the delimiter of %j is %j', (text, delimiter) => {
  expect(detectDelimiter(text)).toBe(delimiter)
})

test.each([
  ['', /no table of labels/],
  ['image\na.jpg\n', /no table of labels/],
  ['image,labels\n', /a header and no rows/],
  [
    'image,width,height\na.jpg,500,375\n',
    /no column of 0 and 1 and none called "labels": its columns are image, width/,
  ],
  ['image,labels\n,cat\n', /names no photo in any row/],
])('%j is refused with a sentence', (text, sentence) => {
  expect(() => parseLabelTable(text, 'labels.csv')).toThrow(sentence)
})

test('text is read as spreadsheets save it', () => {
  const bytes = (...values: number[]) => Uint8Array.from(values)
  expect(decodeText(bytes(0xff, 0xfe, 0x63, 0, 0xe9, 0))).toBe('cé')
  expect(decodeText(bytes(0xfe, 0xff, 0, 0x63, 0, 0xe9))).toBe('cé')
  expect(decodeText(bytes(0xef, 0xbb, 0xbf, 0x63, 0xc3, 0xa9))).toBe('cé')
  expect(decodeText(bytes(0x63, 0xe9))).toBe('cé')
})

test('a row that names no class says so, or says nothing', () => {
  const silent = (text: string) => parseLabelTable(text, 'labels.csv').rows.map(row => row.unlabelled === true)
  expect(silent('image,labels\na.jpg,cat\nb.jpg,\n')).toEqual([false, true])
  expect(silent('image,cat,dog\na.jpg,1,0\nb.jpg,0,0\nc.jpg,,\nd.jpg,,0\n')).toEqual([false, false, true, false])
  expect(silent('image,cat,dog\na.jpg,1,\nb.jpg,,\n')).toEqual([false, false]) // a blank is how it writes 0
})
