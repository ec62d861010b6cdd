/** What keeps an order from being released, with the way to where it is mended. */
import { Card } from '#ui/card.tsx'
import { Row } from '#ui/desk-parts.tsx'
import { useFloor } from '#ui/floor.tsx'

const places: Readonly<Record<string, readonly [href: string, name: string]>> = {
  'item-not-set': ['/materials', 'Open Materials'],
  'no-bom': ['/import', 'Bring the BOM under Import'],
  'part-not-in-bom': ['/materials', 'Open Materials'],
  'no-routing': ['/import', 'Bring the routing under Import'],
  'page-missing': ['/documents', 'Open Documents'],
  'document-not-released': ['/documents', 'Open Documents'],
  'pages-not-ready': ['/documents', 'Open Documents'],
  'control-plan-missing': ['/import', 'Bring the control plan under Import'],
  'tool-not-set': ['/tooling', 'Open Tooling']
}

export const ReleaseLacks = ({ workOrder }: { readonly workOrder: string }) => {
  const floor = useFloor()
  const release = floor.action('changes/release-work-order')
  const refusal = release && floor.may(release, { workOrder })
  const place = refusal && places[refusal.refused]
  if (!refusal || !place) return null
  const [href, name] = place
  const document = refusal.about?.['document']
  return (
    <Card level="attention">
      <strong>It can’t be released yet.</strong> {floor.say(refusal)}
      <Row>
        <a href={document === undefined ? href : `${href}?document=${encodeURIComponent(document)}`}>{name}</a>
      </Row>
    </Card>
  )
}
