/** What the drawing child says. */
export type Stopped = 'password' | 'damaged' | 'too-large' | 'too-many-pages' | 'took-too-long'

export type FromWorker =
  | {
      readonly page: number
      readonly of: number
      readonly path: string
      readonly width: number
      readonly height: number
    }
  | { readonly stopped: Stopped; readonly note: string }
  | { readonly done: number }
