// A participant's side of the collector, as the page has it: for rehearsals and tests.

import type { Answer, Pause } from '../study.ts'
import type { BeginMessage, ParticipantState } from './messages.ts'
import { newToken } from './tokens.ts'

/** What the collector said. `state` is null where it refused. */
export interface CollectorReply {
  readonly status: number
  readonly state: ParticipantState | null
  /** Of a refusal, else null. */
  readonly error: string | null
}

/** One participant. Calls reject where the collector cannot be reached. */
export class CollectorClient {
  readonly token: string
  readonly #url: string

  /**
   * @param url - of the page
   * @param token - of a participant who goes on; default a new one
   */
  constructor(url: string, token: string = newToken()) {
    this.#url = url
    this.token = token
  }

  begin(message: Omit<BeginMessage, 'consent'>): Promise<CollectorReply> {
    return this.#ask('PUT', 'api/participant', { consent: true, ...message })
  }

  state(): Promise<CollectorReply> {
    return this.#ask('GET', 'api/participant')
  }

  answer(answer: Answer, pauses: readonly Pause[] = []): Promise<CollectorReply> {
    return this.#ask('POST', 'api/answers', { answer, pauses })
  }

  withdraw(): Promise<CollectorReply> {
    return this.#ask('DELETE', 'api/participant')
  }

  async #ask(method: string, path: string, body?: object): Promise<CollectorReply> {
    const response = await fetch(new URL(path, this.#url), {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await response.text()
    const value = text === '' ? null : (JSON.parse(text) as unknown)
    const { status, ok } = response
    if (ok) return { status, state: value as ParticipantState | null, error: null }
    return { status, state: null, error: (value as { error?: string } | null)?.error ?? 'failed' }
  }
}
