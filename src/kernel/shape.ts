/** Shapes that many events share: numbers and names with their limits, so that no room invents its own. */
import * as z from 'zod/mini'

const text = (max: number) =>
  z.string().check(
    z.maxLength(max),
    z.refine(value => value.isWellFormed())
  )

/** A number or code people use: an item, a station, a work order. No control characters, no edges of white space. */
export const code = z
  .string()
  .check(z.minLength(1), z.maxLength(80), z.regex(/^[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$/u))

export const name = text(200).check(z.minLength(1))
export const note = text(2000)
export const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/))
export const uuid = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/))

/** Any finite measured value. */
export const value = z.number().check(z.gte(-1e12), z.lte(1e12))
/** A quantity of nothing or more, in the item's unit of measure. */
export const quantity = z.number().check(z.gte(0), z.lte(1e9))
export const positive = z.number().check(z.gt(0), z.lte(1e9))
/** Pieces: a whole number of nothing or more. */
export const count = z.int().check(z.gte(0), z.lte(10_000_000))
export const ordinal = z.int().check(z.gte(1), z.lte(100_000))
export const minutes = z.number().check(z.gte(0), z.lte(1_000_000))
/** A day in the plant's time zone: YYYY-MM-DD. */
export const day = z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/))

export const blob = z.object({ sha256, size: z.int().check(z.gte(0)), type: text(100) })
