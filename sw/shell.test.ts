import { describe, expect, it } from 'vitest'
import { type Chunk, isAlwaysKept, ofTheShell, reached, weight } from './shell.ts'

const chunk = (fileName: string, more: Partial<Chunk> = {}): Chunk => ({
  fileName,
  isEntry: false,
  facadeModuleId: null,
  imports: [],
  dynamicImports: [],
  css: [],
  ...more
})

const chunks = [
  chunk('main.js', {
    isEntry: true,
    imports: ['kernel.js'],
    dynamicImports: ['home.js', 'desk.js', 'camera.js', 'scanner.js'],
    css: ['main.css']
  }),
  chunk('kernel.js'),
  chunk('home.js', { facadeModuleId: '/src/activities/orders/screens/station-home.tsx', imports: ['parts.js'] }),
  chunk('parts.js', { css: ['parts.css'], imports: ['main.js'] }),
  chunk('desk.js', { facadeModuleId: '/src/activities/orders/screens/orders-desk.tsx', imports: ['table.js'] }),
  chunk('table.js'),
  chunk('camera.js', { facadeModuleId: '/src/app/camera-reader.tsx' }),
  chunk('scanner.js', { facadeModuleId: '/src/app/scanner-set-up.tsx', dynamicImports: ['draw.js'] }),
  chunk('draw.js', { facadeModuleId: '/src/ui/barcode-draw.ts' })
]

describe('the operator shell', () => {
  it('holds the entry, what it imports, its styles and the screens of an operator', () => {
    const files = reached(chunks, one => one.isEntry, ofTheShell)
    expect([...files].sort()).toEqual(['home.js', 'kernel.js', 'main.css', 'main.js', 'parts.css', 'parts.js'])
  })

  it('leaves later chunks out when none is followed', () => {
    expect(
      [
        ...reached(
          chunks,
          one => one.isEntry,
          () => false
        )
      ].sort()
    ).toEqual(['kernel.js', 'main.css', 'main.js'])
  })

  it('always keeps the page itself and never a file of the office', () => {
    expect(isAlwaysKept('index.html')).toBe(true)
    expect(isAlwaysKept('assets/zxing_reader.wasm')).toBe(false)
  })

  it('is weighed whole, and its heaviest files are named first', () => {
    const files = [
      { url: 'a.css', bytes: 1024 },
      { url: 'draw.js', bytes: 92_160 },
      { url: 'main.js', bytes: 20_480 }
    ]
    expect(weight(files, 2)).toEqual({ kilobytes: 111, heaviest: '90.0 draw.js, 20.0 main.js' })
  })
})
