/** A number of ours is one word: WO-0012 is not broken after its hyphen. */
const CODE = /([A-Z]+-[A-Z0-9][A-Z0-9-]*)/

export const Codes = ({ text }: { readonly text: string }) => (
  <>
    {text.split(CODE).map((part, at) =>
      at % 2 === 1 ? (
        <span key={at} style={{ whiteSpace: 'nowrap' }}>
          {part}
        </span>
      ) : (
        part
      )
    )}
  </>
)
