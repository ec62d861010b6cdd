import { useBlobUrl } from './blob-url.ts'
import css from './photo-button.module.css'

/** A photo by its hash, or the sentence that it is not here yet. */
export const Photo = ({ sha256, alt }: { readonly sha256: string; readonly alt: string }) => {
  const url = useBlobUrl(sha256)
  if (url === 'asking') return <div class={css.photo} aria-busy="true" />
  if (url === undefined) return <p class={css.photo}>This photo is not on this tablet yet.</p>
  return <img class={css.photo} src={url} alt={alt} />
}
