// Run by the SIGKILL test as a process of its own: serves the study in the folder named first at the port named second.

import { writeSync } from 'node:fs'
import { startCollector } from '../../../../studies/turing/collector/collector.ts'

const [folder, port] = process.argv.slice(2)
const { url } = await startCollector(folder, { port: Number(port), requestsPerMinute: 0, now: () => 1 })
writeSync(1, `${url}\n`)
