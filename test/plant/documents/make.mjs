/**
 * Draws the sample plant's build documents: `node test/plant/documents/make.mjs`. The PDFs are committed beside it,
 * the photographs in ../photos.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { board } from './board.mjs'
import { final } from './final.mjs'
import { packing } from './packing.mjs'
import { photos } from './photos.mjs'
import { makeDocument } from './sheet.mjs'

for (const document of [board, final, packing]) {
  const bytes = makeDocument({ ...document, dated: 'released for production' })
  writeFileSync(new URL(`./${document.number}-${document.revision}.pdf`, import.meta.url), bytes)
  console.log(document.number, document.pages.length, 'pages', bytes.length, 'bytes')
}

mkdirSync(new URL('../photos/', import.meta.url), { recursive: true })
for (const { name, bytes } of await photos()) {
  writeFileSync(new URL(`../photos/${name}.webp`, import.meta.url), bytes)
  console.log(name, bytes.length, 'bytes')
}
