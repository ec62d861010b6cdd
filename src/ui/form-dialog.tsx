/** A form in a dialog, as desks ask for things: fields, then "Leave it" beside the one button that does it. Enter does it too. */
import type { ComponentChildren } from 'preact'
import { Button } from './button.tsx'
import { Form } from './desk-parts.tsx'
import { Dialog } from './dialog.tsx'

type Props = {
  readonly title: ComponentChildren
  readonly onClose: () => void
  readonly wide?: boolean | undefined
  /** What the button does, as its words. */
  readonly does: ComponentChildren
  readonly onDo: () => void
  readonly tone?: 'primary' | 'stop' | undefined
  readonly busy?: boolean | undefined
  /** Why it can't be done yet. */
  readonly why?: string | undefined
  /** Another button, between the two. */
  readonly more?: ComponentChildren
  readonly children: ComponentChildren
}

export const FormDialog = ({
  title,
  onClose,
  wide,
  does,
  onDo,
  tone = 'primary',
  busy,
  why,
  more,
  children
}: Props) => (
  <Dialog title={title} onClose={onClose} wide={wide}>
    <Form
      end={
        <>
          <Button onPress={onClose}>Leave it</Button>
          {more}
          <Button tone={tone} busy={busy} why={why} onPress={onDo}>
            {does}
          </Button>
        </>
      }
    >
      {children}
    </Form>
  </Dialog>
)
