// `benchsteer doctor`: what is present, in which version, and what to do about what is not.

import type { Command } from '../command.ts'
import { examine } from '../doctor-checks.ts'
import { formatTable } from '../table.ts'

interface DoctorFlags {
  readonly json: boolean
}

export const doctorCommand: Command<DoctorFlags> = {
  name: 'doctor',
  summary: 'Report what benchsteer needs, what of it is here, and how to get the rest.',
  description: 'The exit code is 1 when something required is missing.',
  options: [{ syntax: '--json', summary: 'one JSON object instead of a table' }],
  examples: ['doctor', 'doctor --json'],
  async run({ json }, io) {
    const findings = await examine()
    const isReady = findings.every((finding) => finding.status === 'ok' || !finding.isRequired)
    if (json) {
      io.out(JSON.stringify({ isReady, findings }))
      return isReady ? 0 : 1
    }
    const rows = findings.map(({ name, status, isRequired, version, remedy }) => {
      return [name, status === 'ok' || isRequired ? status : 'optional', [version, remedy].filter(Boolean).join('; ')]
    })
    for (const line of formatTable(['what', 'status', 'version, or what to do'], rows)) io.out(line)
    if (!isReady) io.err('Something required is missing. `npm start` installs what it can.')
    return isReady ? 0 : 1
  },
}
