/** What waits for a signature, and the master schedule as it was agreed: locked, signed, and held against what became of it. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Mark, Named, Panel, Quiet, RowActions, showDay, Stack } from '#ui/desk-parts.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { SignDialog } from '#ui/sign-dialog.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { useAct } from '#ui/use-act.ts'
import { zoneOf } from '../frozen.ts'
import type { BucketKind } from '../mps/buckets.ts'
import { plannedItemView } from '../projection.ts'
import { approveFrozenEdit, declineFrozenEdit, lockMpsVersion, signMpsVersion } from '../version-rules.ts'
import { type FrozenEdit, frozenEditView, type MpsVersion, mpsVersionView } from '../version-view.ts'
import type { Desk } from './plan-time.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import { whenWord } from './schedule-words.ts'
import { VersionCompared } from './version-compared.tsx'

type Props = { readonly desk: Desk; readonly kind: BucketKind }

export const Versions = ({ desk, kind }: Props) => {
  const floor = useFloor()
  const edits = floor.list(frozenEditView).map(([, one]) => one)
  const versions = floor
    .list(mpsVersionView)
    .map(([, one]) => one)
    .reverse()
  const [opened, setOpened] = useState<string>()
  const [locking, setLocking] = useState(false)
  const [signing, setSigning] = useState<MpsVersion>()
  const shown = versions.find(({ version }) => version === opened)
  return (
    <Stack>
      <Panel title="Changes in the frozen zone">
        <Edits edits={edits} />
      </Panel>
      <Panel
        title="Versions of the master schedule"
        actions={<Button onPress={() => setLocking(true)}>Lock the plan as it is</Button>}
      >
        <Table
          columns={useVersionColumns(setOpened, setSigning)}
          rows={versions}
          keyOf={one => one.version}
          onOpen={one => setOpened(one.version)}
          empty={
            <Empty
              title="No version is locked yet"
              hint="Lock the plan when it is agreed. Later you see what was planned, released, made and packed of it."
            />
          }
        />
      </Panel>
      {shown && <VersionCompared version={shown} desk={desk} kind={kind} />}
      {signing && <SignVersion version={signing} onClose={() => setSigning(undefined)} />}
      {locking && <Lock onClose={() => setLocking(false)} />}
    </Stack>
  )
}

const Edits = ({ edits }: { readonly edits: readonly FrozenEdit[] }) => {
  const floor = useFloor()
  const { act, why, busy } = useAct()
  const [declining, setDeclining] = useState<FrozenEdit>()
  const [signing, setSigning] = useState<FrozenEdit>()
  const lacks = ({ edit }: FrozenEdit): string | undefined => why(approveFrozenEdit, { edit })
  const nameOf = ({ item }: FrozenEdit): string => floor.get(plannedItemView, item)?.name ?? item
  const columns: readonly Column<FrozenEdit>[] = [
    { name: 'Item', value: nameOf, sort: one => one.item },
    { name: 'Was', value: one => buildWords(one.was) },
    { name: 'To be', value: one => <strong>{buildWords(one)}</strong>, sort: one => one.due },
    { name: 'Why', value: one => one.reason },
    { name: 'Asked by', value: one => floor.nameOf(one.person), sort: one => one.at },
    {
      name: 'State',
      value: one =>
        one.state === 'asked' ? (
          <RowActions>
            {lacks(one) === undefined ? (
              <Button tone="primary" onPress={() => setSigning(one)}>
                Sign
              </Button>
            ) : (
              <Quiet>{lacks(one)}</Quiet>
            )}
            <Button onPress={() => setDeclining(one)}>Decline</Button>
          </RowActions>
        ) : (
          <Mark
            level={one.state === 'approved' ? 'normal' : 'off'}
            word={`${one.state === 'approved' ? 'Signed' : 'Declined'} by ${floor.nameOf(one.by)}${one.state === 'declined' ? `: ${one.because}` : ''}`}
          />
        ),
      sort: one => one.state
    }
  ]
  const waitingFirst = edits.toSorted((a, b) =>
    a.state === b.state ? (a.at < b.at ? 1 : -1) : a.state === 'asked' ? -1 : b.state === 'asked' ? 1 : 0
  )
  return (
    <>
      <Table
        columns={columns}
        rows={waitingFirst}
        keyOf={one => one.edit}
        empty={
          <Empty
            title="Nothing waits for a signature"
            hint="Type into the shaded part of the planned line to ask for a change there."
          />
        }
      />
      {signing && (
        <SignDialog
          title={`${nameOf(signing)}: ${buildWords(signing)}`}
          busy={busy}
          onSigned={() => act(approveFrozenEdit, { edit: signing.edit }, 'Signed. The build is changed.')}
          onClose={() => setSigning(undefined)}
        >
          {name =>
            `${floor.nameOf(signing.person)} asks: “${signing.reason}”. It was ${buildWords(signing.was)}. By signing, ${name} changes the build inside the frozen zone.`
          }
        </SignDialog>
      )}
      {declining && <Decline edit={declining} onClose={() => setDeclining(undefined)} />}
    </>
  )
}

const buildWords = (one: { readonly quantity: number; readonly due: string } | undefined): string =>
  one && one.quantity > 0 ? `${one.quantity} by ${showDay(one.due)}` : 'nothing'

const Decline = ({ edit: { edit }, onClose }: { readonly edit: FrozenEdit; readonly onClose: () => void }) => (
  <ReasonDialog
    title="Decline the change"
    onClose={onClose}
    does="Decline it"
    tone="stop"
    asks="Why not"
    unsaid="Write why. Whoever asked reads it."
    action={declineFrozenEdit}
    input={note => ({ edit, note })}
    done="Declined. The plan stays as it is."
  />
)

type SignProps = { readonly version: MpsVersion; readonly onClose: () => void }

const SignVersion = ({ version: { version, hash, content }, onClose }: SignProps) => {
  const { act, busy } = useAct()
  return (
    <SignDialog
      title={`Sign ${version}`}
      busy={busy}
      onSigned={() => act(signMpsVersion, { version, hash }, `${version} is signed.`)}
      onClose={onClose}
    >
      {name =>
        `The master schedule of ${showDay(content.on)}: ${many(content.builds.length, 'build')}, ${many(content.orders.length, 'work order')}. By signing, ${name} agrees to it.`
      }
    </SignDialog>
  )
}

const Lock = ({ onClose }: { readonly onClose: () => void }) => {
  const { act, why, busy } = useAct()
  const [note, setNote] = useState('')
  const input = note.trim() === '' ? {} : { note: note.trim() }
  const lock = async () => {
    if (await act(lockMpsVersion, input, 'Locked. Somebody else signs it.')) onClose()
  }
  return (
    <FormDialog
      title="Lock the plan as it is"
      onClose={onClose}
      does="Lock it"
      onDo={() => void lock()}
      busy={busy}
      why={why(lockMpsVersion, input)}
    >
      <div data-wide="">
        <Quiet>
          The planned builds and open orders of today are kept under a number, and a supervisor signs them. The plan
          itself can still be changed.
        </Quiet>
      </div>
      <div data-wide="">
        <Field label="Note" hint="For example: agreed on Monday for December.">
          <TextInput value={note} onChange={setNote} label="Note" maxLength={500} autoFocus />
        </Field>
      </div>
    </FormDialog>
  )
}

const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

const useVersionColumns = (
  open: (version: string) => void,
  sign: (version: MpsVersion) => void
): readonly Column<MpsVersion>[] => {
  const floor = useFloor()
  const { why } = useAct()
  const zone = zoneOf(floor)
  const when = (person: string, at: string) => `${floor.nameOf(person)}, ${whenWord(Date.parse(at), zone)}`
  return [
    {
      name: 'Version',
      value: one => (
        <Named
          number={one.version}
          name={`${showDay(one.content.on)}: ${many(one.content.builds.length, 'build')}, ${many(one.content.orders.length, 'work order')}`}
        />
      ),
      sort: one => one.version
    },
    { name: 'Locked by', value: one => when(one.lockedBy, one.lockedAt), sort: one => one.lockedAt },
    { name: 'Note', value: one => one.note },
    {
      name: 'Signed',
      value: one => {
        const { version, hash } = one
        const lacks = why(signMpsVersion, { version, hash })
        return one.signedBy !== undefined ? (
          <Mark level="normal" word={when(one.signedBy, one.signedAt ?? '')} />
        ) : (
          <RowActions>
            {lacks === undefined ? (
              <Button tone="primary" onPress={() => sign(one)}>
                Sign
              </Button>
            ) : (
              <Quiet>{lacks}</Quiet>
            )}
            <Button onPress={() => open(version)}>Open</Button>
          </RowActions>
        )
      }
    }
  ]
}
