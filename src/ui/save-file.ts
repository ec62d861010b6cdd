/** Hands a file to the browser to be saved. */
export const saveFile = (file: Blob, name: string): void => {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads it after this turn; a minute is enough for any disk.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
