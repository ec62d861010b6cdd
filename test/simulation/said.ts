/** What a server says, as the text that goes down the line, before the line does its worst to it. */
export type Said = { readonly status: number; readonly text: string; readonly after?: number }
