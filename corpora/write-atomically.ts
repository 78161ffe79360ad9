// Files that appear whole or not at all, also where the process is killed meanwhile.

import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'

/** Write a file of a folder that exists, by renaming a finished one. */
export async function writeAtomically(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(folder, `.${name}.part`)
  const file = await open(temporary, 'w')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, join(folder, name))
}
