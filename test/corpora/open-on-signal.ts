// Run by a test as a process of its own: opens the store named by the first argument once it is told to.

import { Store } from '../../corpora/store/store.ts'

process.stdout.write('ready\n')
process.stdin.once('data', () => {
  using store = Store.open(process.argv[2])
  process.stdout.write(`${store.integrityCheck().join() || 'sound'}\n`)
  process.stdin.unref()
})
