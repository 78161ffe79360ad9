// The colours of pages, light and dark, and the classes of highlighted code.

import { readFileSync } from 'node:fs'
import { packagePath } from '../kernels/index.ts'

let theme: string | undefined

/** CSS, read once a process. Contrast is 4.5:1 or more for all text in both themes. */
export function readTheme(): string {
  theme ??= readFileSync(packagePath('web', 'theme.css'), 'utf8')
  return theme
}
