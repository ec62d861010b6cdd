/** What a server says, before the line between does its worst to it. */
export type Said = { readonly status: number; readonly body: unknown; readonly after?: number }
