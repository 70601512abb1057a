import { afterAll } from 'vitest'
import { removeTemporaryFolders } from './helpers/temporaryFolder'

/** Runs in every test file, also where files share a process and its modules. */
afterAll(removeTemporaryFolders)
