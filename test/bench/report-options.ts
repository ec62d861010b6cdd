/** What stands behind `--name` on the command line of a bench. */
export const optionOf = (options: readonly string[], name: string): string | undefined => {
  const at = options.indexOf(`--${name}`)
  return at < 0 ? undefined : options[at + 1]
}

export const hasOption = (options: readonly string[], name: string): boolean => options.includes(`--${name}`)
