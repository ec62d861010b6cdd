/** A code to print and to scan, with what it says below it. */
import { useEffect, useState } from 'preact/hooks'
import css from './barcode.module.css'
import type { Symbology } from './barcode-draw.ts'

type Props = { readonly text: string; readonly kind: Symbology; readonly label?: string | undefined }

export const Barcode = ({ text, kind, label = text }: Props) => {
  const [image, setImage] = useState('')
  useEffect(() => {
    let shown = true
    import('./barcode-draw.ts')
      .then(({ drawBarcode }) => drawBarcode(text, kind))
      .then(svg => shown && setImage(`data:image/svg+xml,${encodeURIComponent(svg)}`))
      .catch(() => shown && setImage(''))
    return () => {
      shown = false
    }
  }, [text, kind])
  return (
    <figure class={css.barcode} data-kind={kind} data-drawn={image ? '' : undefined}>
      {image && <img src={image} alt={`${kind} code: ${text}`} />}
      {label && <figcaption data-nocut="">{label}</figcaption>}
    </figure>
  )
}
