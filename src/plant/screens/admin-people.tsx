/** People: who they are, what they may do, their badge and PIN. */
import { useState } from 'preact/hooks'
import { Barcode } from '#ui/barcode.tsx'
import { Button } from '#ui/button.tsx'
import { Empty } from '#ui/card.tsx'
import { Mark, Panel, Quiet, Row, Stack } from '#ui/desk-parts.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { useFloor } from '#ui/floor.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { type Column, Table } from '#ui/table.tsx'
import { useAct } from '#ui/use-act.ts'
import type { Role } from '#kernel/decision.ts'
import { type Person, personView } from '../projection.ts'
import { setPerson } from '../rules.ts'
import css from './admin-desk.module.css'

const roleNames: Record<Role, string> = {
  operator: 'Operator',
  inspector: 'Inspector',
  supervisor: 'Supervisor',
  planner: 'Planner',
  engineer: 'Engineer',
  administrator: 'Administrator'
}
const roles: readonly Role[] = ['operator', 'inspector', 'supervisor', 'planner', 'engineer', 'administrator']

export const PeopleTab = () => {
  const floor = useFloor()
  const [editing, setEditing] = useState<Person | 'new'>()
  const [pinFor, setPinFor] = useState<Person>()
  const [badges, setBadges] = useState(false)
  const people = floor.list(personView).map(([, person]) => person)
  const columns: readonly Column<Person>[] = [
    { name: 'Number', value: one => one.person, sort: one => one.person },
    { name: 'Name', value: one => <strong>{one.name}</strong>, sort: one => one.name },
    { name: 'Badge', value: one => one.badge, sort: one => one.badge },
    { name: 'May work as', value: one => one.roles.map(role => roleNames[role]).join(', ') },
    {
      name: 'State',
      value: one => <Mark level={one.active ? 'normal' : 'off'} word={one.active ? 'Active' : 'Left'} />
    },
    { name: '', value: one => <SetPin person={one} onPress={() => setPinFor(one)} />, align: 'end' }
  ]
  if (badges) return <Badges people={people.filter(({ active }) => active)} onClose={() => setBadges(false)} />
  return (
    <Panel
      title="People"
      actions={
        <>
          <Button onPress={() => setBadges(true)}>Print badges</Button>
          <Button tone="primary" onPress={() => setEditing('new')}>
            Add a person
          </Button>
        </>
      }
    >
      <div class={css.rows}>
        <Table
          columns={columns}
          rows={people}
          keyOf={one => one.person}
          onOpen={setEditing}
          empty={<Empty title="Nobody is here yet" hint="Add the first person; they sign in with badge and PIN." />}
        />
      </div>
      {editing && (
        <PersonForm
          person={editing === 'new' ? undefined : editing}
          people={people}
          onAdded={setPinFor}
          onClose={() => setEditing(undefined)}
        />
      )}
      {pinFor && <PinForm person={pinFor} onClose={() => setPinFor(undefined)} />}
    </Panel>
  )
}

const SetPin = ({ person, onPress }: { person: Person; onPress: () => void }) => (
  <Button onPress={onPress} why={person.active ? undefined : `${person.name} has left and may not sign in.`}>
    Set PIN
  </Button>
)

/** The number after the highest that ends in digits: P-004 after P-003. */
const next = (known: readonly string[], prefix: string, digits: number, from: number): string => {
  const highest = known.reduce(
    (max, one) => Math.max(max, one.startsWith(prefix) ? Number(one.slice(prefix.length)) || 0 : 0),
    from
  )
  return `${prefix}${String(highest + 1).padStart(digits, '0')}`
}

const PersonForm = ({
  person: was,
  people,
  onAdded,
  onClose
}: {
  person: Person | undefined
  people: readonly Person[]
  /** Somebody new can't sign in before there is a PIN. */
  onAdded: (person: Person) => void
  onClose: () => void
}) => {
  const { act, why, busy } = useAct()
  const [name, setName] = useState(was?.name ?? '')
  const [badge, setBadge] = useState(
    was?.badge ??
      next(
        people.map(one => one.badge),
        'B-',
        4,
        1000
      )
  )
  const [chosen, setChosen] = useState<readonly Role[]>(was?.roles ?? ['operator'])
  const [active, setActive] = useState(was?.active ?? true)
  const [person] = useState(
    was?.person ??
      next(
        people.map(one => one.person),
        'P-',
        3,
        0
      )
  )
  const input = {
    person,
    name: name.trim(),
    badge: badge.trim().toUpperCase(),
    roles: roles.filter(role => chosen.includes(role)),
    active
  }
  const missing = !input.name
    ? 'Give the name.'
    : !/^B-[A-Z0-9]+$/.test(input.badge)
      ? 'The badge begins with B-, so that a scanner knows it.'
      : why(setPerson, input)
  const save = async () => {
    if (!(await act(setPerson, input, `${input.name} is saved.`))) return
    onClose()
    if (!was) onAdded(input)
  }
  return (
    <FormDialog
      title={was ? `Change ${was.name}` : 'Add a person'}
      onClose={onClose}
      does="Save"
      onDo={() => void save()}
      busy={busy}
      why={missing}
    >
      <Field label="Name">
        <TextInput value={name} onChange={setName} autoFocus />
      </Field>
      <Field label="Badge" hint={`Person number ${person}`}>
        <TextInput value={badge} onChange={setBadge} />
      </Field>
      <div data-wide="">
        <Field label="May work as">
          <div class={css.roles}>
            {roles.map(role => (
              <label key={role}>
                <input
                  type="checkbox"
                  checked={chosen.includes(role)}
                  onChange={() =>
                    setChosen(list => (list.includes(role) ? list.filter(one => one !== role) : [...list, role]))
                  }
                />
                {roleNames[role]}
              </label>
            ))}
          </div>
        </Field>
      </div>
      <Field label="State">
        <Select
          value={active ? 'active' : 'left'}
          onChange={value => setActive(value === 'active')}
          options={[
            { value: 'active', label: 'Active' },
            { value: 'left', label: 'Left; may not sign in' }
          ]}
        />
      </Field>
    </FormDialog>
  )
}

const PinForm = ({ person, onClose }: { person: Person; onClose: () => void }) => {
  const floor = useFloor()
  const { attempt, busy } = useAct()
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const missing = !/^\d{6}$/.test(pin)
    ? 'A PIN has six digits.'
    : again !== pin
      ? 'Type the same PIN twice.'
      : undefined
  const save = async () => {
    const done = await attempt(async () => {
      await floor.office.post(`/v1/people/${encodeURIComponent(person.person)}/pin`, { pin })
      return `${person.name} has a new PIN.`
    })
    if (done) onClose()
  }
  return (
    <FormDialog
      title={`PIN for ${person.name}`}
      onClose={onClose}
      does="Set the PIN"
      onDo={() => void save()}
      busy={busy}
      why={missing}
    >
      <Field label="New PIN" hint="Six digits. It is never shown again.">
        <TextInput
          type="password"
          inputMode="numeric"
          maxLength={6}
          value={pin}
          onChange={setPin}
          autoComplete="new-password"
          autoFocus
        />
      </Field>
      <Field label="Once more">
        <TextInput
          type="password"
          inputMode="numeric"
          maxLength={6}
          value={again}
          onChange={setAgain}
          autoComplete="new-password"
        />
      </Field>
    </FormDialog>
  )
}

const Badges = ({ people, onClose }: { people: readonly Person[]; onClose: () => void }) => (
  <Stack>
    <div data-screen="">
      <Row>
        <Button onPress={onClose}>Back to people</Button>
        <Button tone="primary" onPress={() => window.print()}>
          Print
        </Button>
        <Quiet>Cards of 85 × 54 mm, ten on an A4 page.</Quiet>
      </Row>
    </div>
    <div class={css.badges} data-print="">
      {people.map(person => (
        <article key={person.person} class={css.badge}>
          <p class={css.badgeName}>{person.name}</p>
          <p>{person.roles.map(role => roleNames[role]).join(', ')}</p>
          <Barcode kind="code128" text={person.badge} label={person.badge} />
        </article>
      ))}
    </div>
  </Stack>
)
