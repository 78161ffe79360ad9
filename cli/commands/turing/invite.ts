// `benchsteer turing invite`: who may take part in a study that is by invitation.

import { AnswerStore, readStudy } from '../../../studies/index.ts'
import { type Command, integer } from '../../command.ts'
import { formatTable } from '../../table.ts'

interface InviteFlags {
  readonly number?: number
  readonly url: string
  readonly json: boolean
}

export const inviteCommand: Command<InviteFlags> = {
  name: 'invite',
  summary: 'Make invitations to a study, or list which were used.',
  description:
    'Each link lets one person start, once. Links are printed now and never again: the collector keeps their digests, ' +
    'and not who used which. The secret stands behind the #, which browsers send to no server.',
  operands: [{ syntax: '<dir>', summary: 'folder of the study' }],
  options: [
    { syntax: '-n, --number <n>', summary: 'make so many (default: list)', parse: integer(1, 10_000) },
    {
      syntax: '--url <url>',
      summary: 'where people reach the page',
      default: 'http://127.0.0.1:8080/',
      parse: pageUrl,
    },
    { syntax: '--json', summary: 'one JSON object' },
  ],
  examples: ['turing invite study/ -n 20 --url https://study.example.org/ > links.txt', 'turing invite study/'],

  async run({ number, url, json }, io, [folder]) {
    using store = AnswerStore.open(folder, readStudy(folder))
    if (number !== undefined) {
      const links = store.invite(number).map((invitation) => `${url}#invite=${invitation}`)
      if (json) io.out(JSON.stringify({ links }))
      else for (const link of links) io.out(link)
      return
    }
    const invitations = store.listInvitations().map((isUsed, i) => ({ number: i + 1, isUsed }))
    if (json) return io.out(JSON.stringify({ invitations }))
    const rows = invitations.map((invitation) => [String(invitation.number), invitation.isUsed ? 'used' : 'open'])
    for (const line of formatTable(['invitation', 'state'], rows)) io.out(line)
    const used = invitations.filter(({ isUsed }) => isUsed).length
    io.err(`${used} of ${invitations.length} used`)
  },
}

function pageUrl(text: string): string {
  if (URL.canParse(text) && /^https?:\/\/[^#]+$/.test(text)) return new URL(text).href
  throw new RangeError(`expected the URL of a page such as https://study.example.org/, received '${text}'`)
}
