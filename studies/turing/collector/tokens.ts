// Secrets of participants and invitations. They come from the system's source of randomness, not from a seed: the one
// thing here that must not replay. The collector keeps digests only, so that its file gives nobody's secret away.

import { createHash, randomBytes } from 'node:crypto'

/** A participant's secret, 256 bits in hex. The page draws it, so that a start that is sent twice is one start. */
export const tokenPattern: RegExp = /^[0-9a-f]{64}$/

/** An invitation, 128 bits in hex. */
export const invitationPattern: RegExp = /^[0-9a-f]{32}$/

export function newToken(): string {
  return randomBytes(32).toString('hex')
}

export function newInvitation(): string {
  return randomBytes(16).toString('hex')
}

/** How a participant is called in exported answers; says nothing of the token. */
export function newParticipantId(): string {
  return randomBytes(8).toString('hex')
}

/** What is stored. Tokens are random, so a plain hash cannot be reversed by guessing. */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
