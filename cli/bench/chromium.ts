// The system's Chromium: benches and tests drive it, and download none.

import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome']

/**
 * @param path - of the environment, `PATH`
 * @returns undefined where there is none
 */
export function findChromium(path: string | undefined): string | undefined {
  return (path ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file))
}

/** Arguments to start it with. In containers one is root, whom Chromium lets in without its sandbox only. */
export function chromiumArguments(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}
