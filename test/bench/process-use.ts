/** What a process has used, as Linux tells it; undefined elsewhere, or when it has gone. */
import { readFileSync } from 'node:fs'

const TICK_MS = 10

/** `cpu` in ms since it began, `memory` resident in MB. */
export const use = (pid: number): { readonly cpu: number; readonly memory: number } | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [, , , , , , , , , , , user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const resident = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return { cpu: (Number(user) + Number(system)) * TICK_MS, memory: Number(resident) / 1024 }
  } catch {
    return undefined
  }
}
