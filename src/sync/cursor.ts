/** What the confirmed views cover: every change in these scopes up to `seq`. `epoch: ''` before the first page. */
export type Cursor = { readonly epoch: string; readonly seq: number; readonly scopes: readonly string[] }
export const NOTHING: Cursor = { epoch: '', seq: 0, scopes: [] }
