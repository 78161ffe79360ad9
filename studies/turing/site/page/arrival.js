// How a participant comes in where there is a collector: by invitation, anew, or from another device.

import { ask, isPassing, wait } from './outbox.js'
import { announce } from './screens.js'
import { adopt, freshState, placeOf } from './state.js'

/** @typedef {import('./state.js').State} State */

/** @type {Record<string, string>} */
const refusals = {
  'invitation-needed': 'This study is open to people with an invitation. Please use the link that you were sent.',
  'invitation-used': 'This invitation was used before. Please ask for another, or go on where you began.',
  conflict: 'You have begun already, with another answer to this question. Please choose that one.',
}

/**
 * @param {State} state - takes over what the collector says @param {string} experience
 * @returns {Promise<boolean>} whether the collector let the participant in
 */
export async function register(state, experience) {
  const invitation = state.invitation === null ? {} : { invitation: state.invitation }
  announce('One moment …')
  for (;;) {
    const reply = await ask('PUT', 'api/participant', state.token, { consent: true, experience, ...invitation })
    if (reply.state !== null) {
      adopt(state, reply.state)
      announce('')
      return true
    }
    if (!isPassing(reply)) {
      announce(refusals[reply.error] ?? `The collector refused (${reply.error}).`)
      return false
    }
    announce('No connection. Trying again …')
    await wait(reply.waitS)
  }
}

/**
 * Secrets come in the part of the address that no server sees, and leave it once they are used.
 * @param {State} state - takes over what the address says
 */
export async function readAddress(state) {
  const [, name, value] = /^#(invite|resume)=([0-9a-f]+)$/.exec(location.hash) ?? []
  if (name === undefined) return
  if (name === 'invite' && state.schedule === '') state.invitation = value
  if (name === 'resume' && value !== state.token) {
    if (placeOf(state) > state.sent)
      return announce('Answers of somebody else wait here. Load the page without the link.')
    announce('One moment …')
    const reply = await ask('GET', 'api/participant', value)
    announce('')
    if (isPassing(reply)) return announce('No connection. Please load the page again to go on where you stopped.')
    if (reply.state === null) announce('Nobody has begun with this link.')
    else takeUp(state, value, reply.state)
  }
  history.replaceState(null, '', location.pathname + location.search)
}

/**
 * @param {State} state @param {string} token
 * @param {import('./outbox.js').ParticipantState} known - of a participant who began elsewhere
 */
function takeUp(state, token, known) {
  Object.assign(state, freshState(), { token, step: 'study', startedAtMs: Date.now() })
  adopt(state, known)
}
