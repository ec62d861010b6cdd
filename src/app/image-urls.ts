/** Addresses for pictures that are kept by their hash. A few stay open; the ones not asked for longest are let go. */

/** Pages that stay at hand: a drawing of several pages turned back and forth. */
const MOST = 40

export const imageUrls = (
  read: (sha256: string) => Promise<ArrayBuffer | undefined>
): ((sha256: string) => Promise<string | undefined>) => {
  const open = new Map<string, Promise<string | undefined>>()
  return sha256 => {
    const known = open.get(sha256) ?? made(read, sha256)
    open.delete(sha256)
    open.set(sha256, known)
    void known.then(url => {
      // What is not here now may be later.
      if (url === undefined) open.delete(sha256)
    })
    const [oldest] = open.keys()
    if (open.size > MOST && oldest !== undefined) {
      void open.get(oldest)?.then(url => url && URL.revokeObjectURL(url))
      open.delete(oldest)
    }
    return known
  }
}

const made = async (
  read: (sha256: string) => Promise<ArrayBuffer | undefined>,
  sha256: string
): Promise<string | undefined> => {
  const bytes = await read(sha256)
  return bytes && URL.createObjectURL(new Blob([bytes]))
}
