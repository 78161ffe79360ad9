// What the collector answers: a status and JSON, or the page.

/** One answer to a request. */
export interface Reply {
  readonly status: number
  /** Sent as JSON; text is sent as the page; absent is nothing. */
  readonly body?: object | string
  /** Beside those of every answer. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Why a request was turned away; the code is for the page, the message for people. */
export interface Refusal extends Reply {
  readonly body: { readonly error: RefusalCode; readonly message: string }
}

export type RefusalCode =
  | 'bad-request'
  | 'token-needed'
  | 'token-unknown'
  | 'invitation-needed'
  | 'invitation-used'
  | 'not-found'
  | 'method-not-allowed'
  | 'conflict'
  | 'out-of-order'
  | 'not-scheduled'
  | 'too-large'
  | 'not-json'
  | 'too-many-requests'
  | 'failed'

export function refuse(status: number, error: RefusalCode, message: string, headers = {}): Refusal {
  return { status, body: { error, message }, headers }
}
