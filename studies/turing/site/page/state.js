// What the page remembers: kept in the browser's own storage after every step, so that a reload or a flat battery
// costs nothing. What is read back is believed only where it fits the study.

/**
 * @typedef {import('../../study.ts').Answer} Answer
 * @typedef {import('../../study.ts').Pause} Pause
 * @typedef {import('../page-data.ts').PageData} PageData
 * @typedef {'consent' | 'experience' | 'instructions' | 'practice' | 'ready' | 'study' | 'thanks'} Step
 *
 * @typedef {object} State
 * @property {1} version
 * @property {Step} step
 * @property {string} token - secret of this participant at the collector, 64 hex digits
 * @property {string | null} invitation
 * @property {string} participant - as in answer files; the collector's name for it once it has given one
 * @property {string} experience - empty before it is known
 * @property {string} schedule - empty before it is known
 * @property {number} practised - practice items done
 * @property {{ answer: Answer, pauses: Pause[] }[]} answers - in order; may begin later where another device gave the first
 * @property {number} before - answers that another device gave
 * @property {number} sent - answers that the collector has, those of other devices included
 * @property {Pause[]} pauses - since the last answer
 * @property {number} elapsedMs - time spent on the kernel in hand
 * @property {number | null} awaySinceMs - a pause that has not ended
 * @property {number} startedAtMs
 * @property {number | null} finishedAtMs
 * @property {{ right: number, of: number } | null} score
 */

/** @param {number} bytes @returns {string} */
export function randomHex(bytes) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
}

/** @returns {State} of somebody who has just come */
export function freshState() {
  return {
    version: 1,
    step: 'consent',
    token: randomHex(32),
    invitation: null,
    participant: randomHex(8),
    experience: '',
    schedule: '',
    practised: 0,
    answers: [],
    before: 0,
    sent: 0,
    pauses: [],
    elapsedMs: 0,
    awaySinceMs: null,
    startedAtMs: 0,
    finishedAtMs: null,
    score: null,
  }
}

/** @param {PageData} data @returns {string} */
function storageKey({ study, hasCollector }) {
  return `turing-study:${study}:${hasCollector ? 'collector' : 'alone'}`
}

/** @param {PageData} data @returns {State} */
export function loadState(data) {
  try {
    /** @type {State | null} */
    const state = JSON.parse(localStorage.getItem(storageKey(data)) ?? 'null')
    if (state?.version === 1 && fits(state, data)) return state
  } catch {
    // No storage, or nonsense in it: begin anew.
  }
  return freshState()
}

/**
 * @param {PageData} data @param {State} state
 * @returns {boolean} whether it was kept
 */
export function saveState(data, state) {
  try {
    localStorage.setItem(storageKey(data), JSON.stringify(state))
    return true
  } catch {
    return false
  }
}

/** @param {PageData} data */
export function forgetState(data) {
  try {
    localStorage.removeItem(storageKey(data))
  } catch {
    // Then nothing was kept either.
  }
}

/** @param {PageData} data @param {StorageEvent} event @returns {boolean} whether another page of this study wrote */
export function isOurs(data, event) {
  return event.key === storageKey(data)
}

/** @param {State} state @param {PageData} data @returns {boolean} */
function fits(state, data) {
  const order = orderOf(state, data)
  const isUnderWay = ['instructions', 'practice', 'ready', 'study', 'thanks'].includes(state.step)
  return state.answers.every(({ answer }) => order[answer.order] === answer.item) && (!isUnderWay || order.length > 0)
}

/** @param {State} state @param {PageData} data @returns {readonly string[]} items to judge; none before the schedule is known */
export function orderOf(state, data) {
  return data.schedules.find(({ id }) => id === state.schedule)?.order ?? []
}

/** @param {State} state @returns {number} the place of the kernel in hand */
export function placeOf(state) {
  return state.before + state.answers.length
}

/**
 * Take over what the collector knows of the participant: it is ahead where another page or device answered too.
 * @param {State} state - is changed
 * @param {import('../../collector/messages.ts').ParticipantState} known
 */
export function adopt(state, known) {
  Object.assign(state, {
    participant: known.participant,
    schedule: known.schedule,
    experience: known.experience,
    sent: known.answered,
    score: known.score,
  })
  if (known.answered > placeOf(state)) Object.assign(state, { before: known.answered, answers: [], elapsedMs: 0 })
}

/** @param {State} state @param {PageData} data @returns {import('../../study.ts').AnswerFile} */
export function answerFile(state, data) {
  return {
    formatVersion: 1,
    study: data.study,
    schedule: state.schedule,
    participant: state.participant,
    experience: state.experience,
    startedAtMs: state.startedAtMs,
    finishedAtMs: state.finishedAtMs,
    answers: state.answers.map(({ answer }) => answer),
    pauses: state.answers.flatMap(({ pauses }) => pauses),
  }
}
