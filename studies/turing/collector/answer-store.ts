// answers.db: participants, their answers, invitations. WAL with synchronous=FULL: an answer whose call returned is
// there after SIGKILL of the process and after a power cut. Each call is one transaction.

import { join } from 'node:path'
import { Database, type Row } from '../../../corpora/index.ts'
import { type Answer, type AnswerFile, type Label, type Pause, type Study, studyFormat } from '../study.ts'
import { count, prepareAnswers } from './answer-schema.ts'
import { assignSchedule } from './assign-schedule.ts'
import type { AdmissionRules, AnswerOutcome, Beginning, BeginOutcome, Participant } from './outcomes.ts'
import { digestOf, newInvitation, newParticipantId } from './tokens.ts'

export const answersFileName = 'answers.db'

/** Hold it with `using`; several processes may. */
export class AnswerStore implements Disposable {
  readonly #database: Database
  readonly #study: Study

  private constructor(database: Database, study: Study) {
    this.#database = database
    this.#study = study
  }

  /**
   * Open the answers of a study's folder, creating them where there are none.
   * @param isDurable - each answer is on the disk before the call returns; without, a power cut may take the last ones
   * @throws {BenchError} STORE_* where the file cannot be used
   * @throws {RangeError} where it holds answers of another study
   */
  static open(folder: string, study: Study, isDurable = true): AnswerStore {
    const database = new Database(join(folder, answersFileName), false)
    try {
      database.useWriteAheadLog()
      database.execute(`PRAGMA synchronous = ${isDurable ? 'FULL' : 'OFF'}`)
      database.execute('PRAGMA secure_delete = ON') // who withdraws is gone from the file too
      prepareAnswers(database, study)
      return new AnswerStore(database, study)
    } catch (error) {
      database[Symbol.dispose]()
      throw error
    }
  }

  /** Let a participant in and choose the schedule. The same token starts once, however often it is sent. */
  begin({ token, experience, invitation }: Beginning, rules: AdmissionRules, nowMs: number): BeginOutcome {
    return this.#database.transaction(() => {
      const known = this.find(token)
      if (known !== undefined) {
        return known.experience === experience ? { kind: 'resumed', participant: known } : { kind: 'conflict' }
      }
      if (rules.needsInvitation) {
        if (invitation === undefined) return { kind: 'invitation-needed' }
        const sql = 'UPDATE invitations SET is_used = 1 WHERE digest = ? AND is_used = 0'
        if (this.#database.run(sql, digestOf(invitation)).changes === 0) return { kind: 'invitation-used' }
      }
      const schedule = assignSchedule(this.#study.schedules, this.#taken(nowMs - rules.abandonedAfterMs))
      this.#database.run(
        `INSERT INTO participants (name, token_digest, schedule, experience, started_at_ms, seen_at_ms)
         VALUES (?, ?, ?, ?, ?, ?)`,
        ...[newParticipantId(), digestOf(token), schedule.id, experience, nowMs, nowMs],
      )
      return { kind: 'started', participant: this.find(token) as Participant }
    })
  }

  /** Keep an answer: the next of the schedule, or one that is there already, unchanged. */
  answer(token: string, answer: Answer, pauses: readonly Pause[], nowMs: number): AnswerOutcome {
    return this.#database.transaction(() => {
      const participant = this.find(token)
      if (participant === undefined) return { kind: 'unknown' }
      const { id, schedule, answered } = participant
      const { item, label, confidence, responseMs, order } = answer
      if (schedule.order[order] !== item) return { kind: 'not-scheduled' }
      if (order > answered) return { kind: 'out-of-order' }
      if (order < answered) {
        const row = this.#database.first('SELECT * FROM answers WHERE participant = ? AND place = ?', id, order) as Row
        return isSame(answerOf(row), answer) ? { kind: 'repeated', participant } : { kind: 'conflict' }
      }
      this.#database.run(
        `INSERT INTO answers (participant, place, item, label, confidence, response_ms, pauses)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        ...[id, order, item, label, confidence, responseMs, JSON.stringify(pauses)],
      )
      const isFinished = order === schedule.order.length - 1
      const sql = 'UPDATE participants SET seen_at_ms = ?, finished_at_ms = ? WHERE id = ?'
      this.#database.run(sql, nowMs, isFinished ? nowMs : null, id)
      return { kind: 'stored', participant: { ...participant, answered: answered + 1, isFinished } }
    })
  }

  find(token: string): Participant | undefined {
    const sql = `SELECT p.*, (SELECT count(*) FROM answers a WHERE a.participant = p.id) AS answered
                 FROM participants p WHERE token_digest = ?`
    const row = this.#database.first(sql, digestOf(token))
    return row === undefined ? undefined : this.#participantOf(row)
  }

  /** Forget a participant and all answers. @returns whether there was one */
  withdraw(token: string): boolean {
    const isGone = this.#database.transaction(() => {
      const participant = this.find(token)
      if (participant === undefined) return false
      this.#database.run('DELETE FROM answers WHERE participant = ?', participant.id)
      this.#database.run('DELETE FROM participants WHERE id = ?', participant.id)
      return true
    })
    // The log has the rows until it is folded into the file.
    if (isGone) this.#database.all('PRAGMA wal_checkpoint(TRUNCATE)')
    return isGone
  }

  /** A participant's own answers, in order. */
  answersOf({ id }: Participant): Answer[] {
    return this.#database.all('SELECT * FROM answers WHERE participant = ? ORDER BY place', id).map(answerOf)
  }

  /** Everyone's answers, in the order of names, which says nothing of who came first. */
  list(): AnswerFile[] {
    return this.#database.transaction(() =>
      this.#database.all('SELECT * FROM participants ORDER BY name').map((row) => this.#fileOf(row)),
    )
  }

  /** Make invitations. @returns their secrets, which nobody can read again */
  invite(howMany: number): string[] {
    return this.#database.transaction(() =>
      Array.from({ length: howMany }, () => {
        const invitation = newInvitation()
        this.#database.run('INSERT INTO invitations (digest) VALUES (?)', digestOf(invitation))
        return invitation
      }),
    )
  }

  /** Of each invitation, by number from 1, whether it was used. Who used it is not kept. */
  listInvitations(): readonly boolean[] {
    return this.#database.all('SELECT is_used FROM invitations ORDER BY number').map((row) => row.is_used === 1)
  }

  /** Participants who started, who finished, and answers. */
  counts(): { readonly started: number; readonly finished: number; readonly answers: number } {
    return {
      started: count(this.#database, 'SELECT count(*) AS n FROM participants'),
      finished: count(this.#database, 'SELECT count(finished_at_ms) AS n FROM participants'),
      answers: count(this.#database, 'SELECT count(*) AS n FROM answers'),
    }
  }

  [Symbol.dispose](): void {
    this.#database[Symbol.dispose]()
  }

  /** How often each schedule is taken by participants who finished or may yet. */
  #taken(aliveSinceMs: number): Map<string, number> {
    const sql = `SELECT schedule, count(*) AS n FROM participants
                 WHERE finished_at_ms IS NOT NULL OR seen_at_ms >= ? GROUP BY schedule`
    return new Map(this.#database.all(sql, aliveSinceMs).map((row) => [String(row.schedule), Number(row.n)]))
  }

  #participantOf(row: Row): Participant {
    const schedule = this.#study.schedules.find(({ id }) => id === row.schedule)
    if (schedule === undefined) throw new RangeError(`study.json: no schedule has the id ${row.schedule} any more`)
    return {
      id: Number(row.id),
      name: String(row.name),
      schedule,
      experience: String(row.experience),
      answered: Number(row.answered),
      isFinished: row.finished_at_ms !== null,
    }
  }

  #fileOf(row: Row): AnswerFile {
    const rows = this.#database.all('SELECT * FROM answers WHERE participant = ? ORDER BY place', Number(row.id))
    return {
      formatVersion: studyFormat,
      study: this.#study.id,
      schedule: String(row.schedule),
      participant: String(row.name),
      experience: String(row.experience),
      startedAtMs: Number(row.started_at_ms),
      finishedAtMs: row.finished_at_ms === null ? null : Number(row.finished_at_ms),
      answers: rows.map(answerOf),
      pauses: rows.flatMap((answer) => JSON.parse(String(answer.pauses)) as Pause[]),
    }
  }
}

function answerOf(row: Row): Answer {
  return {
    item: String(row.item),
    label: row.label as Label,
    confidence: row.confidence as Answer['confidence'],
    responseMs: Number(row.response_ms),
    order: Number(row.place),
  }
}

function isSame(a: Answer, b: Answer): boolean {
  return a.item === b.item && a.label === b.label && a.confidence === b.confidence && a.responseMs === b.responseMs
}
