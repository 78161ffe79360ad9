// `benchsteer turing serve`: the page of a study, and a place for the answers.

import { once } from 'node:events'
import { AnswerStore, readStudy, type Study, startCollector } from '../../../studies/index.ts'
import { type Command, integer } from '../../command.ts'
import type { CliIo } from '../../io.ts'
import { startProgress } from '../../progress.ts'
import { warnOfBlanks } from './blanks.ts'

interface ServeFlags {
  readonly port: number
  readonly host: string
  readonly invite: boolean
  readonly hideScore: boolean
  readonly rate: number
  readonly behindProxy: boolean
}

export const serveCommand: Command<ServeFlags> = {
  name: 'serve',
  summary: "Serve a study's page and take the answers, until Ctrl-C.",
  description:
    'Answers go to answers.db in the folder; an answer that the page was told is kept survives a crash and a power ' +
    'cut. Participants go on where they stopped, also after the collector was away. Schedules are handed out so that ' +
    'groups stay balanced; who did not finish and was silent for a day no longer counts there. The key stays here: ' +
    'participants learn only, at the end, how many they got right. The page is plain HTTP: for people elsewhere put a ' +
    'proxy with TLS in front, and give --behind-proxy.',
  operands: [{ syntax: '<dir>', summary: 'folder of the study, with study.json and key.json' }],
  options: [
    { syntax: '--port <n>', summary: 'TCP port; 0 takes a free one', default: 8080, parse: integer(0, 65_535) },
    { syntax: '--host <address>', summary: 'address to listen at; 0.0.0.0 is every one', default: '127.0.0.1' },
    { syntax: '--invite', summary: 'let in only people with an invitation (benchsteer turing invite)' },
    { syntax: '--hide-score', summary: 'do not tell participants how many they got right' },
    {
      syntax: '--rate <n>',
      summary: 'requests a minute that one address may send, starting counts ten; 0 is no limit',
      default: 600,
      parse: integer(0, 1_000_000),
    },
    { syntax: '--behind-proxy', summary: 'count by the last address in X-Forwarded-For, which your proxy must set' },
  ],
  examples: ['turing serve study/', 'turing serve study/ --port 9000 --invite --behind-proxy'],

  async run({ port, host, invite, hideScore, rate, behindProxy }, io, [folder]) {
    const study = readStudy(folder)
    warnOfBlanks(study, io)
    if (invite) checkInvitations(folder, study, io)
    let tell = (): void => {}
    await using collector = await startCollector(folder, {
      ...{ port, host, needsInvitation: invite, tellsScore: !hideScore },
      ...{ requestsPerMinute: rate, isBehindProxy: behindProxy, now: Date.now },
      onChange: () => tell(),
      onError: (error) => io.err(`a request failed: ${error instanceof Error ? error.message : String(error)}`),
    })
    io.out(`"${study.title}" is served at ${collector.url}`)
    {
      using progress = startProgress(io, { label: 'serving' })
      tell = () => progress.update(0, describe(collector.counts()))
      tell()
      if (!io.signal.aborted) await once(io.signal, 'abort')
      tell = () => {}
    }
    io.err(`stopping; answers.db has ${describe(collector.counts())}`)
  },
}

/** Those who have begun go on without: it is no error where all are used. */
function checkInvitations(folder: string, study: Study, io: CliIo): void {
  using store = AnswerStore.open(folder, study)
  const invitations = store.listInvitations()
  if (invitations.length === 0) {
    throw new RangeError(`--invite: expected invitations; make some: benchsteer turing invite ${folder} -n 20`)
  }
  if (invitations.every((isUsed) => isUsed)) io.err('All invitations are used; nobody else can begin.')
}

function describe({ started, finished, answers }: { started: number; finished: number; answers: number }): string {
  return `${started} participants, ${finished} of them finished, ${answers} answers`
}
