/** Loaded only when a label is drawn: the few symbologies of the hundred that bwip-js knows. GS1 ones take text in brackets. */
import { code128, code39, datamatrix, drawingSVG, gs1_128, gs1datamatrix, qrcode } from 'bwip-js/browser'

export type Symbology = 'code128' | 'code39' | 'datamatrix' | 'gs1-128' | 'gs1datamatrix' | 'qrcode'

const drawers = { code128, code39, datamatrix, 'gs1-128': gs1_128, gs1datamatrix, qrcode }
const bars = /^(code128|code39|gs1-128)$/

/** An SVG as text, quiet zone included. Throws when the text does not fit the symbology. */
export const drawBarcode = (text: string, kind: Symbology): string =>
  drawers[kind](
    { bcid: kind, text, scale: 2, padding: 4, ...(bars.test(kind) ? { height: 12 } : {}), barcolor: '000000' },
    drawingSVG()
  )
