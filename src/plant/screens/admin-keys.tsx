/** Keys for scripts: made here, shown once. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Code, Form, Panel, Quiet, Row } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { useAct } from '#ui/use-act.ts'

export const KeysTab = () => {
  const floor = useFloor()
  const { attempt, busy } = useAct()
  const [name, setName] = useState('')
  const [key, setKey] = useState<string>()
  const make = () =>
    attempt(async () => {
      const made = await floor.office.post<{ key: string }>('/v1/api-keys', { name: name.trim() })
      setKey(made.key)
      return undefined
    })
  const copy = () =>
    attempt(async () => {
      await navigator.clipboard.writeText(key ?? '')
      return 'The key is copied.'
    })
  return (
    <Panel title="Keys for scripts">
      <Quiet>
        A script may do everything the screens can. It sends the key as <Code>Authorization: Bearer KEY</Code>; the
        addresses are listed at{' '}
        <a href="/openapi.json" target="_blank" rel="noreferrer">
          /openapi.json
        </a>
        .
      </Quiet>
      {key === undefined ? (
        <Form
          end={
            <Button
              tone="primary"
              busy={busy}
              why={name.trim() ? undefined : 'Say what the key is for.'}
              onPress={() => void make()}
            >
              Make a key
            </Button>
          }
        >
          <div data-wide="">
            <Field label="What it is for" hint="For example: nightly stock import.">
              <TextInput value={name} onChange={setName} />
            </Field>
          </div>
        </Form>
      ) : (
        <>
          <p>
            <strong>Keep it now; it isn’t shown again.</strong>
          </p>
          <Code>{key}</Code>
          <Row>
            <Button onPress={() => void copy()}>Copy</Button>
            <Button
              onPress={() => {
                setKey(undefined)
                setName('')
              }}
            >
              I have kept it
            </Button>
          </Row>
        </>
      )}
    </Panel>
  )
}
