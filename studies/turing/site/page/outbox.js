// The way to the collector: one answer after another, each until it is acknowledged. The collector takes an answer
// once, however often it is sent, so a lost acknowledgement costs nothing.

import { adopt } from './state.js'

/**
 * @typedef {import('../../collector/messages.ts').ParticipantState} ParticipantState
 * @typedef {{ status: number, state: ParticipantState | null, error: string, waitS: number }} CollectorReply
 */

const retryS = 3

/**
 * @param {string} method @param {string} path @param {string} token @param {object} [body]
 * @returns {Promise<CollectorReply>} status 0 where the collector cannot be reached
 */
export async function ask(method, path, token, body) {
  /** @type {Record<string, string>} */
  const headers = { authorization: `Bearer ${token}` }
  if (body !== undefined) headers['content-type'] = 'application/json'
  try {
    const response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'omit',
      keepalive: true,
      signal: AbortSignal.timeout(15_000),
    })
    const value = response.status === 204 ? null : await response.json()
    const waitS = Number(response.headers.get('retry-after') ?? retryS)
    const { status, ok } = response
    return ok ? { status, state: value, error: '', waitS } : { status, state: null, error: value.error, waitS }
  } catch {
    return { status: 0, state: null, error: 'unreachable', waitS: retryS }
  }
}

/** @param {CollectorReply} reply @returns {boolean} whether asking again later may help */
export function isPassing({ status }) {
  return status === 0 || status === 429 || status >= 500
}

/** @param {number} seconds @returns {Promise<void>} at the latest then, at once where the network comes back */
export function wait(seconds) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, seconds * 1000)
    addEventListener('online', done)
  })
}

/**
 * @typedef {object} Mail
 * @property {import('./state.js').State} state
 * @property {() => void} save
 * @property {(text: string) => void} announce
 * @property {(text: string) => void} announceBriefly
 */

/** Sends what is not sent yet. Only one round is under way at a time. */
export class Outbox {
  /** @type {() => Mail} */
  #mail
  /** @type {Promise<void> | null} */
  #round = null

  /** @param {() => Mail} mail - what to send, and whom to tell, at each moment */
  constructor(mail) {
    this.#mail = mail
  }

  /** @returns {Promise<void>} when everything is there, or nothing more can be done */
  flush() {
    this.#round ??= this.#sendAll().finally(() => {
      this.#round = null
    })
    return this.#round
  }

  async #sendAll() {
    let isLate = false
    for (;;) {
      const { state, save, announce, announceBriefly } = this.#mail()
      const next = state.answers[state.sent - state.before]
      if (next === undefined) {
        if (isLate) announceBriefly('Your answers have arrived.')
        return
      }
      const { token } = state
      const reply = await ask('POST', 'api/answers', token, next)
      if (state.token !== token) return // withdrew meanwhile
      if (isPassing(reply)) {
        if (!isLate)
          announce('No connection. Your answers are kept on this device and sent as soon as possible; go on.')
        isLate = true
        await wait(reply.waitS)
      } else if (reply.state !== null) {
        adopt(state, reply.state)
        save()
      } else if (!(await this.#resolve(reply))) return
    }
  }

  /**
   * Another page or device of the same participant may have answered meanwhile: what the collector has stays.
   * @param {CollectorReply} reply @returns {Promise<boolean>} whether to go on
   */
  async #resolve(reply) {
    const { state, save, announce } = this.#mail()
    const { state: known } = reply.status === 409 ? await ask('GET', 'api/participant', state.token) : reply
    if (known !== null && known.answered > state.sent) {
      adopt(state, known)
      save()
      return true
    }
    announce(`The collector did not take your answers (${reply.error}). Please tell the people who run this study.`)
    return false
  }
}
