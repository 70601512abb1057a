import { expect, test } from 'vitest'
import { nativeBinding } from './nativeBinding'

test('Node loads the package’s own part, Electron the one in its resources', () => {
  expect(nativeBinding({ versions: {} })).toEqual({})
  expect(nativeBinding({ versions: { electron: '41.7.1' }, resourcesPath: '/opt/maskwright/resources' })).toEqual({
    nativeBinding: '/opt/maskwright/resources/natives/better_sqlite3.node',
  })
})
