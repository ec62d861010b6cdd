/** The approval of a change order is signed. */
import { SignDialog } from '#ui/sign-dialog.tsx'
import { useAct } from '#ui/use-act.ts'
import { approveChangeOrder } from '../change-order-rules.ts'
import type { ChangeOrder } from '../change-order-view.ts'

export const SignApproval = ({ change, onClose }: { readonly change: ChangeOrder; readonly onClose: () => void }) => {
  const { act, busy } = useAct()
  const { order, title } = change
  return (
    <SignDialog
      title={`Approve ${order}`}
      busy={busy}
      onSigned={() => act(approveChangeOrder, { order }, `${order} is approved.`)}
      onClose={onClose}
    >
      {name => `${title}. By signing, ${name} says that it was looked at and may be released.`}
    </SignDialog>
  )
}
