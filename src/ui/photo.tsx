import { useEffect, useState } from 'preact/hooks'
import { useFloor } from './floor.tsx'
import css from './photo-button.module.css'

/** The address of a file kept here; 'asking' until known, undefined when it is not on this tablet. */
export const useBlobUrl = (sha256: string): string | 'asking' | undefined => {
  const floor = useFloor()
  const [url, setUrl] = useState<string | undefined>('asking')
  // An outage that ends is a reason to look again.
  const reachable = floor.network.value.state !== 'offline'
  useEffect(() => {
    let shown = true
    floor.blobUrl(sha256).then(found => shown && setUrl(found), () => shown && setUrl(undefined))
    return () => { shown = false }
  }, [sha256, reachable])
  return url
}

/** A photo by its hash, or the sentence that it is not here yet. */
export const Photo = ({ sha256, alt }: { readonly sha256: string; readonly alt: string }) => {
  const url = useBlobUrl(sha256)
  if (url === 'asking') return <div class={css.photo} aria-busy="true" />
  if (url === undefined) return <p class={css.photo}>This photo is not on this tablet yet.</p>
  return <img class={css.photo} src={url} alt={alt} />
}
