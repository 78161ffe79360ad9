// What is said of a process of ours that ended without having been told to: killed for its memory, or crashed.

/** Not the fault of what was asked: whoever asked may ask again. */
export class ProcessDied extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ProcessDied'
  }
}
