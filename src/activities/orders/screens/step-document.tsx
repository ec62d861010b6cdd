import { useEffect, useState } from 'preact/hooks'
import { DocumentPages } from '#ui/document-pages.tsx'
import { useFloor } from '#ui/floor.tsx'
import css from './operation-screen.module.css'
import type { OperationState } from './use-operation.ts'

/** The released document at the page of the step. A person may leaf away; the next step opens its own page again. */
export const StepDocument = ({ state }: { readonly state: OperationState }) => {
  const floor = useFloor()
  const { method, detail, step, spot, operation, order } = state
  const wanted = step?.document ?? detail?.document
  const document = method?.documents.find(one => one.document === wanted) ?? method?.documents[0]
  const own = step?.page ?? document?.pages[0]?.page ?? 1
  const [page, setPage] = useState(own)
  useEffect(() => setPage(own), [own, spot.step, operation.op, document?.document])
  if (!document) return null
  return (
    <aside class={css.document}>
      <DocumentPages
        title={`${document.document} rev ${document.revision}`}
        pages={document.pages}
        page={page}
        onPage={setPage}
        onWrong={() =>
          floor.go(
            `/ask/${order.workOrder}/${operation.op}?document=${encodeURIComponent(document.document)}&page=${page}`
          )
        }
      />
    </aside>
  )
}
