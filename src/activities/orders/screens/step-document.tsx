import { useEffect, useMemo, useState } from 'preact/hooks'
import { DocumentPages } from '#ui/document-pages.tsx'
import { useFloor } from '#ui/floor.tsx'
import css from './operation-screen.module.css'
import type { OperationState } from './use-operation.ts'

/** The same until the step is another: starting, pausing and counting do not draw the document again. */
export const useStepDocument = ({ order, operation, method, detail, step }: OperationState) => {
  const [workOrder, op] = [order.workOrder, operation.op]
  return useMemo(
    () => <StepDocument {...{ workOrder, op, method, detail, step }} />,
    [workOrder, op, method, detail, step]
  )
}

type Props = Pick<OperationState, 'method' | 'detail' | 'step'> & { readonly workOrder: string; readonly op: number }

/** The released document at the page of the step. A person may leaf away; the next step opens its own page again. */
const StepDocument = ({ workOrder, op, method, detail, step }: Props) => {
  const floor = useFloor()
  const wanted = step?.document ?? detail?.document
  const document = method?.documents.find(one => one.document === wanted) ?? method?.documents[0]
  const own = step?.page ?? document?.pages[0]?.page ?? 1
  const [page, setPage] = useState(own)
  useEffect(() => setPage(own), [own, step?.step, op, document?.document])
  if (!document) return null
  return (
    <aside class={css.document}>
      <DocumentPages
        title={`${document.document} rev ${document.revision}`}
        pages={document.pages}
        page={page}
        onPage={setPage}
        onWrong={() =>
          floor.go(`/ask/${workOrder}/${op}?document=${encodeURIComponent(document.document)}&page=${page}`)
        }
      />
    </aside>
  )
}
