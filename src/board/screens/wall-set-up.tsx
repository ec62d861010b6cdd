/** Set-up of a wall: its diagonal and its distance give the size of the letters, and the letters how much fits. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Counter, Field, Tiles } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { sizesFor } from '../optics.ts'
import css from './wall-set-up.module.css'

export type WallChoice = { readonly diagonal: number; readonly distance: number; readonly cells: number }

const USUAL: WallChoice = { diagonal: 55, distance: 5, cells: 8 }

/** What was kept on this screen; anything unreadable is the usual wall. */
export const readWall = (kept: string | undefined): WallChoice => {
  try {
    const { diagonal, distance, cells } = { ...USUAL, ...(JSON.parse(kept ?? '{}') as Partial<WallChoice>) } // checked on the next line
    return [diagonal, distance, cells].every(one => Number.isFinite(one) && one > 0)
      ? { diagonal, distance, cells }
      : USUAL
  } catch {
    return USUAL
  }
}

const diagonals = [24, 32, 43, 50, 55, 65, 75, 86]
const distances = [2, 3, 4, 5, 6, 8, 10]

type Props = {
  readonly choice: WallChoice
  readonly size: { readonly width: number; readonly height: number }
  readonly onDone: (choice: WallChoice) => void
}

export const WallSetUp = ({ choice, size, onDone }: Props) => {
  const floor = useFloor()
  const [wall, setWall] = useState(choice)
  const sizes = sizesFor({ ...wall, ...size })
  const fit = sizes.columns * sizes.rows
  const stations = floor.stations().length
  const cells = Math.min(wall.cells, fit)
  const why = fit === 0 ? 'Not one station fits in letters that large. Take a larger screen or come closer.' : undefined
  return (
    <main class={css.setUp}>
      <h1>Set up this wall</h1>
      <Field label="Diagonal of the screen, inches">
        <Tiles
          options={diagonals.map(one => ({ value: String(one), label: `${one}″` }))}
          value={String(wall.diagonal)}
          onChange={value => setWall({ ...wall, diagonal: Number(value) })}
        />
      </Field>
      <Field label="Distance of the people who read it, metres">
        <Tiles
          options={distances.map(one => ({ value: String(one), label: `${one} m` }))}
          value={String(wall.distance)}
          onChange={value => setWall({ ...wall, distance: Number(value) })}
        />
      </Field>
      {fit > 0 && (
        <Counter
          label="Stations a page"
          value={cells}
          max={fit}
          onChange={next => setWall({ ...wall, cells: Math.max(1, next) })}
        />
      )}
      <p class={css.result}>
        {why ??
          `Letters of ${sizes.text} px, numbers of ${sizes.number} px. Up to ${fit} stations fit on a page; this plant has ${stations}.`}
      </p>
      <Button tone="primary" why={why} onPress={() => onDone({ ...wall, cells })}>
        Show the board
      </Button>
    </main>
  )
}
