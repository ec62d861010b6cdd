/** frePPLe's files as trees, and the one rule that all of them follow: what is named twice is one thing, described in two places. */

export type Node = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Node[]
  readonly text: string
}

/** These files hold elements, attributes, comments and one script; of entities only the usual ones, no CDATA. */
export const parse = (xml: string): Node => {
  const root: { name: string; attributes: Record<string, string>; children: Node[]; text: string } = blank('')
  const stack = [root]
  const body = xml.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, '')
  for (const [, close, name, given, alone, text] of body.matchAll(/<(\/?)([\w:]+)([^>]*?)(\/?)>|([^<]+)/g)) {
    const here = stack.at(-1) ?? root
    if (text !== undefined) here.text += plain(text.trim())
    else if (close) stack.pop()
    else {
      const node = blank(name ?? '')
      for (const [, key, value] of (given ?? '').matchAll(/([\w:]+)\s*=\s*"([^"]*)"/g))
        node.attributes[key ?? ''] = plain(value ?? '')
      here.children.push(node)
      if (!alone) stack.push(node)
    }
  }
  return root
}

const ENTITIES = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' } as const

const plain = (text: string): string =>
  // the pattern takes the names of the table alone
  text.replace(/&(amp|quot|apos|lt|gt);/g, (_, name: string) => ENTITIES[name as keyof typeof ENTITIES])

const blank = (name: string) => ({ name, attributes: {} as Record<string, string>, children: [] as Node[], text: '' })

export const every = (node: Node, ...names: readonly string[]): readonly Node[] => [
  ...(names.includes(node.name) ? [node] : []),
  ...node.children.flatMap(child => every(child, ...names))
]

/** An attribute or the text of a child: the format allows both. The last one said counts. */
export const field = (node: Node, name: string): string | undefined =>
  node.children.findLast(child => child.name === name && child.text !== '')?.text ?? node.attributes[name]

export const numberIn = (node: Node, name: string): number | undefined => {
  const found = field(node, name)
  return found === undefined ? undefined : Number(found)
}

/** The name of what a child refers to. */
export const nameIn = (node: Node, child: string): string | undefined => {
  const found = node.children.find(one => one.name === child)
  return found && field(found, 'name')
}

export const holds = (node: Node, name: string): boolean =>
  node.name === name || node.attributes[name] !== undefined || node.children.some(child => holds(child, name))

/** Whether a thing says so itself, as an attribute or a child. */
export const says = (node: Node, name: string): boolean =>
  node.attributes[name] !== undefined || node.children.some(child => child.name === name)

/** All that is said of each name by these elements, wherever they stand. */
export const merged = (nodes: readonly Node[]): ReadonlyMap<string, Node> => {
  const groups = Map.groupBy(nodes, one => field(one, 'name') ?? '')
  groups.delete('')
  return new Map(
    [...groups].map(([name, all]) => [
      name,
      {
        name: all[0]?.name ?? '',
        attributes: Object.assign({}, ...all.map(one => one.attributes)) as Record<string, string>, // merged texts
        children: all.flatMap(one => one.children),
        text: ''
      }
    ])
  )
}

export const seconds = (duration: string | undefined): number => {
  const [, sign, days, hours, minutes, secs] =
    /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(duration ?? 'P0D') ?? []
  const all = ((Number(days ?? 0) * 24 + Number(hours ?? 0)) * 60 + Number(minutes ?? 0)) * 60 + Number(secs ?? 0)
  return sign === '-' ? -all : all
}

/** Quarters of an hour are the days of these problems. */
export const QUARTER = 900
export const quarters = (duration: string | undefined): number => seconds(duration) / QUARTER
export const slotOfDate = (date: string): number => Date.parse(`${date}Z`) / 1000 / QUARTER
