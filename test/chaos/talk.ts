/** What the run and its tablets say to each other over the pipe between them. */
export type Asked = { readonly ask: 'rate'; readonly rate: number } | { readonly ask: 'look'; readonly views: boolean }

export type Said =
  | { readonly say: 'ready'; readonly device: string }
  /** Reported as saved on this tablet. */
  | { readonly say: 'saved'; readonly ids: readonly string[] }
  | State
export type State = {
  readonly say: 'state'
  readonly unsent: number
  /** Ids that wait in the outbox. */
  readonly waiting: readonly string[]
  readonly attention: readonly string[]
  /** Kind of view to digest. */
  readonly views: Readonly<Record<string, string>>
  readonly network: string
}
