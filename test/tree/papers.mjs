/** The READMEs are true: every path they name exists. And short. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { kept, ROOT, text } from './files.mjs'

const LINES = 80
const readmes = kept.filter(path => /(^|\/)README\.md$/.test(path))

export const pathsExist = () =>
  readmes.flatMap(readme =>
    named(readme)
      .filter(path => !exists(readme, path))
      .map(path => `${readme}: names ${path}, which is not there`)
  )

export const areShort = () =>
  readmes
    .filter(path => path !== 'README.md' && text(path).split('\n').length > LINES)
    .map(path => `${path}: longer than ${LINES} lines`)

/** Words in backticks and link targets that look like a path of ours. */
const named = readme => {
  const quoted = [...text(readme).matchAll(/`([^`\n]+)`/g)].map(([, word]) => word)
  const linked = [...text(readme).matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map(([, target]) => target)
  return [...quoted.filter(looksLikePath), ...linked.filter(target => !/^[a-z]+:/.test(target))]
}

const looksLikePath = word =>
  /^[#.\w-][\w./-]*$/.test(word) &&
  (/\.(tsx?|mjs|cjs|css|sql|md|csv|html)$/.test(word) || /^(src|test|sw|public|\.ci)\//.test(word)) &&
  !/\.v\d+$/.test(word) &&
  !/^\.\w+$/.test(word)

const exists = (readme, path) => {
  const plain = path.replace(/^#test\//, 'test/').replace(/^#/, 'src/')
  const places = [dirname(readme), '.', 'src', 'src/activities', 'test/plant', 'src/activities/materials/templates']
  // A template of the import is named by its file name alone, wherever it is kept.
  return (
    places.some(place => existsSync(join(ROOT, place, plain))) ||
    (!plain.includes('/') && kept.some(file => file.endsWith(`/${plain}`)))
  )
}
