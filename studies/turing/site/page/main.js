// The course of the study: what follows on what. All that happened is in `state`; a step is shown from it alone.

import { readAddress, register } from './arrival.js'
import { ask, isPassing, Outbox } from './outbox.js'
import { askAbout, forgetFeedback, readJudgement, showFeedback, wordFor } from './question.js'
import { announce, announceBriefly, block, chosen, element, offerFile, onSubmit, show, showCourse } from './screens.js'
import { answerFile, forgetState, freshState, isOurs, loadState, orderOf, placeOf, saveState } from './state.js'
import { Stopwatch } from './stopwatch.js'

/** @type {import('../page-data.ts').PageData} */
const data = JSON.parse(element('study', HTMLScriptElement).text)
const state = loadState(data)
const watch = new Stopwatch()
const outbox = new Outbox(() => ({ state, save, announce, announceBriefly }))
const maxPauses = 50

function save() {
  if (!saveState(data, state)) {
    announce('This browser keeps nothing: leave the page open until you have finished, a reload would begin anew.')
  }
}

/** @param {import('./state.js').Step} step */
function goTo(step) {
  state.step = step
  save()
  void render()
}

function render() {
  watch.stop()
  showCourse('')
  switch (state.step) {
    case 'practice':
      return showPractice()
    case 'study':
      return showKernel()
    case 'thanks':
      return showThanks()
    case 'ready':
      block('ready-count').textContent = `${orderOf(state, data).length} kernels follow.`
      return show('ready')
    case 'consent':
    case 'experience':
    case 'instructions':
      return show(state.step)
  }
}

function showPractice() {
  const item = data.practice[state.practised]
  if (item === undefined) return goTo('ready')
  const title = `Practice ${state.practised + 1} of ${data.practice.length}`
  showCourse(title, state.practised, data.practice.length)
  askAbout(item.id, title)
}

function showKernel() {
  const order = orderOf(state, data)
  const place = placeOf(state)
  if (place >= order.length) return finish()
  const title = `Kernel ${place + 1} of ${order.length}`
  showCourse(title, place, order.length)
  askAbout(order[place], title)
  watch.start(state.elapsedMs)
}

function handIn() {
  if (state.step === 'practice') return handInPractice()
  const judgement = readJudgement()
  if (judgement === null) return
  const order = placeOf(state)
  const responseMs = Math.min(Math.round(watch.read()), 864e5)
  const answer = { item: orderOf(state, data)[order], ...judgement, responseMs, order }
  state.answers.push({ answer, pauses: state.pauses.slice(-maxPauses) })
  Object.assign(state, { pauses: [], elapsedMs: 0 })
  save()
  if (data.hasCollector) void outbox.flush()
  void render()
}

function handInPractice() {
  const item = data.practice[state.practised]
  if (!block('feedback').hidden) {
    state.practised++
    forgetFeedback()
    return goTo('practice')
  }
  const judgement = readJudgement()
  if (judgement !== null) showFeedback(judgement.label === item.origin, wordFor(item.origin), item.feedback)
}

function finish() {
  state.finishedAtMs ??= Math.max(Date.now(), state.startedAtMs)
  goTo('thanks')
}

async function showThanks() {
  show('thanks')
  const text = block('thanks-text')
  block('score').hidden = true
  if (!data.hasCollector) {
    text.textContent =
      'Your answers are on this device only. Please download them and send the file to the people who run this study. ' +
      'What is right is not in this page, so that it cannot tell how many you got right.'
    return
  }
  text.textContent = 'Your answers are being sent; please keep the page open.'
  await outbox.flush()
  if (state.step !== 'thanks') return
  const isThere = state.sent >= placeOf(state)
  text.textContent = isThere ? 'All your answers have arrived.' : 'Some answers have not arrived; please download them.'
  if (!isThere || state.score === null) return
  const { right, of } = state.score
  block('score').hidden = false
  block('score-figure').textContent = `${right} of ${of}`
  block('score-text').textContent = 'kernels were what you took them for.'
}

/** @param {string} text */
function pause(text) {
  goAway()
  showCourse('')
  block('paused-text').textContent = text
  const hasStarted = state.step === 'study' && data.hasCollector
  block('elsewhere').hidden = !hasStarted
  element('resume-link', HTMLInputElement).value = `${location.href.split('#')[0]}#resume=${state.token}`
  show('paused')
}

/** The watch stands still from here on; the time away is noted with the next answer. */
function goAway() {
  if (!watch.isRunning()) return
  watch.stop()
  state.elapsedMs = watch.read()
  state.awaySinceMs = Date.now()
  save()
}

function comeBack() {
  if (state.awaySinceMs === null) return
  state.pauses.push({ startMs: state.awaySinceMs, endMs: Math.max(Date.now(), state.awaySinceMs) })
  state.awaySinceMs = null
  save()
}

function goOn() {
  comeBack()
  void render()
}

/** The schedule: from the collector, which keeps the groups balanced; alone, by lot. */
async function begin() {
  const experience = chosen('experience', 'Please choose one.')
  if (experience === null) return
  state.experience = experience
  state.startedAtMs = Date.now()
  if (data.hasCollector) {
    // Whoever is impatient may have sent it twice.
    if (!(await register(state, experience)) || state.step !== 'experience') return
  } else {
    const lot = crypto.getRandomValues(new Uint32Array(1))[0]
    state.schedule = data.schedules[lot % data.schedules.length].id
  }
  goTo('instructions')
}

async function withdraw() {
  if (!confirm('Delete all your answers and leave the study?')) return
  if (data.hasCollector && state.schedule !== '') {
    const reply = await ask('DELETE', 'api/participant', state.token)
    if (isPassing(reply)) return announce('No connection. Your answers are still there; please try again.')
  }
  watch.stop()
  forgetState(data)
  Object.assign(state, freshState())
  showCourse('')
  announce('')
  show('withdrawn')
}

function handOver() {
  if (data.hasCollector && state.sent < placeOf(state)) return announce('Your answers are still being sent.')
  if (!confirm('Forget these answers on this device and begin anew? Download or send them first.')) return
  forgetState(data)
  Object.assign(state, freshState())
  for (const form of document.querySelectorAll('form')) form.reset()
  announce('')
  goTo('consent')
}

function download() {
  offerFile(`answers-${state.participant}.json`, `${JSON.stringify(answerFile(state, data), null, 2)}\n`)
}

function listen() {
  onSubmit('consent', () => {
    const isAgreed = element('agree', HTMLInputElement).checked
    block('consent-error').textContent = isAgreed ? '' : 'Please tick the box if you agree; else close the page.'
    if (isAgreed) goTo('experience')
    else block('agree').focus()
  })
  onSubmit('experience', () => void begin())
  onSubmit('instructions', () => goTo('practice'))
  onSubmit('question', handIn)
  onSubmit('ready', () => goTo('study'))
  onSubmit('paused', goOn)
  block('pause').addEventListener('click', () => pause('The clock stands still.'))
  block('download').addEventListener('click', download)
  block('hand-over').addEventListener('click', handOver)
  for (const button of document.querySelectorAll('.withdraw')) button.addEventListener('click', () => void withdraw())
  const link = element('resume-link', HTMLInputElement)
  link.addEventListener('focus', () => link.select())
  // Another secret in the address of the same page.
  addEventListener('hashchange', () => location.reload())
  addEventListener('pagehide', goAway)
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) goAway()
    else if (!block('question').hidden && state.step === 'study') {
      comeBack()
      watch.start(state.elapsedMs)
    }
  })
  addEventListener('storage', (event) => {
    if (!isOurs(data, event)) return
    watch.stop()
    Object.assign(state, loadState(data))
    pause('The study goes on in another window.')
  })
}

if (data.hasCollector) await readAddress(state)
save()
listen()
for (const text of document.querySelectorAll('.withdraw-text')) {
  text.textContent = data.hasCollector
    ? 'Withdrawing deletes your answers here and at the collector.'
    : 'Withdrawing deletes your answers on this device.'
}
if (data.hasCollector && state.schedule !== '') void outbox.flush()
if (state.step === 'practice' || state.step === 'study') pause('You are back. It goes on where you stopped.')
else void render()
