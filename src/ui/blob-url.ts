import { useEffect, useState } from 'preact/hooks'
import { useFloor } from './floor.tsx'

/** The address of a file kept here; 'asking' until known, undefined when it is not on this tablet. */
export const useBlobUrl = (sha256: string): string | 'asking' | undefined => {
  const floor = useFloor()
  const [url, setUrl] = useState<string | undefined>('asking')
  // An outage that ends is a reason to look again.
  const reachable = floor.network.value.state !== 'offline'
  useEffect(() => {
    let shown = true
    floor.blobUrl(sha256).then(
      found => shown && setUrl(found),
      () => shown && setUrl(undefined)
    )
    return () => {
      shown = false
    }
  }, [sha256, reachable])
  return url
}
