// What the researcher has still to write before anybody is asked to take part.

import type { Study } from '../../../studies/index.ts'
import type { CliIo } from '../../io.ts'

/** Complain of every `[Researcher: …]` that participants would read. */
export function warnOfBlanks({ texts }: Study, io: CliIo): void {
  for (const paragraph of [...texts.consent, ...texts.instructions, ...texts.thanks]) {
    const blank = /\[Researcher:[^\]]*\]/.exec(paragraph)?.[0]
    if (blank !== undefined) io.err(`study.json has a blank that participants would read: ${blank}`)
  }
}
