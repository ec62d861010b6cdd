/** PDFs written out by hand, for what no tool makes. */

/** Objects numbered from 1; the first is the catalog. A string is text, bytes are a stream's content. */
export const handMade = (objects: readonly (string | Uint8Array)[], trailer = ''): Uint8Array => {
  const text = new TextEncoder()
  const parts: Uint8Array[] = []
  let length = 0
  const put = (part: string | Uint8Array): void => {
    const bytes = typeof part === 'string' ? text.encode(part) : part
    parts.push(bytes)
    length += bytes.length
  }
  put('%PDF-1.4\n')
  const places = objects.map((body, at) => {
    const place = length
    put(`${at + 1} 0 obj\n`)
    if (typeof body === 'string') put(body)
    else for (const part of [`<< /Length ${body.length} >>\nstream\n`, body, '\nendstream']) put(part)
    put('\nendobj\n')
    return place
  })
  const start = length
  const rows = places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  put(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`)
  put(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`)
  return new Uint8Array(Buffer.concat(parts))
}

/** One empty page. */
export const ONE_PAGE = [
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>'
] as const

const KEY = '<00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff>'

export const lockedPdf = (): Uint8Array =>
  handMade(
    [...ONE_PAGE, `<< /Filter /Standard /V 1 /R 2 /O ${KEY} /U ${KEY} /P -4 >>`],
    '/Encrypt 4 0 R /ID [<00112233> <00112233>]'
  )

/** Whole, and that many bytes heavy. */
export const heavyPdf = (bytes: number): Uint8Array => handMade([...ONE_PAGE, new Uint8Array(bytes).fill(65)])
