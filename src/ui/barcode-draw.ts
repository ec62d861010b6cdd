/** Loaded only when a label is drawn: three symbologies of the hundred that bwip-js knows. */
import { code128, datamatrix, drawingSVG, qrcode } from 'bwip-js/browser'

export type Symbology = 'code128' | 'datamatrix' | 'qrcode'

const drawers = { code128, datamatrix, qrcode }

/** An SVG as text, quiet zone included. Throws when the text does not fit the symbology. */
export const drawBarcode = (text: string, kind: Symbology): string =>
  drawers[kind](
    { bcid: kind, text, scale: 2, padding: 4, ...(kind === 'code128' ? { height: 12 } : {}), barcolor: '000000' },
    drawingSVG()
  )
