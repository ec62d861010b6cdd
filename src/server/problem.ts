/** A problem that a caller is told about: one of the wire's closed list of codes, a sentence, and what to do. */
import type { ErrorCode } from '#sync/protocol.ts'

export class Problem extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly hint: string | undefined
  /** Seconds after which asking again makes sense. */
  readonly after: number | undefined
  constructor(status: number, code: ErrorCode, message: string, hint?: string, after?: number) {
    super(message)
    this.status = status
    this.code = code
    this.hint = hint
    this.after = after
  }
}
