/** What a server says, as the text that goes down the line, before the line does its worst to it; `bytes`: a file. */
export type Said = {
  readonly status: number
  readonly text: string
  readonly after?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly bytes?: Uint8Array
}

export const problem = (status: number, code: string): Said => ({
  status,
  text: JSON.stringify({ error: { code, message: code } })
})
