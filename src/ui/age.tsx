import { age } from '#kernel/time.ts'
import { useFloor } from './floor.tsx'

/** How long ago: '12 min'. Ticks by itself. */
export const Age = ({ since }: { readonly since: string | number }) => {
  const floor = useFloor()
  const from = typeof since === 'number' ? since : Date.parse(since)
  return <time dateTime={new Date(from).toISOString()}>{age(floor.now.value - from)}</time>
}
