import type { Option } from '#ui/field.tsx'
import type { Floor, ReasonList } from '#ui/floor.tsx'

/** The plant's words of a list; a plant that has not set any still has one to pick. */
export const reasonTiles = (floor: Floor, list: ReasonList): readonly Option[] => {
  const reasons = floor.reasons(list).map(({ code, name }) => ({ value: code, label: name }))
  return reasons.length > 0 ? reasons : [{ value: 'other', label: 'Other' }]
}
