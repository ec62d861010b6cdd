/** A browser that is no tablet yet, or that is to stand somewhere else. */
import { useEffect, useMemo, useState } from 'preact/hooks'
import { askToPersist } from '#device/browser.ts'
import type { Tablet } from '#device/tablet.ts'
import type { OnWedge } from '#device/wedge.ts'
import { EnrolScreen } from './enrol-screen.tsx'
import { codeOf, enrollingWith, fromHash } from './enrolling.ts'
import { SetUpScreen } from './set-up-screen.tsx'

type Props = {
  readonly tablet: Tablet
  readonly onWedge: (listener: OnWedge) => () => void
  readonly onDone: () => void
  /** It is a tablet already; the address of the wall then chooses nothing. */
  readonly moving: boolean
}

export const NotEnrolled = ({ tablet, onWedge, onDone, moving }: Props) => {
  const [asked] = useState(() => fromHash(location.hash))
  const [code, setCode] = useState(asked.enrol)
  const enrolling = useMemo(() => enrollingWith(tablet, () => settle(tablet, onDone)), [tablet])
  useEffect(
    () =>
      onWedge(({ raw, offered }) => {
        const read = offered ? undefined : codeOf(raw)
        if (read) setCode(read)
        return read !== undefined
      }),
    []
  )
  useEffect(() => {
    if (!moving) void wallOfSample(enrolling)
  }, [enrolling])
  return asked.setUp ? (
    <SetUpScreen code={asked.setUp} onSetUp={enrolling.setUp} />
  ) : (
    <EnrolScreen enrolling={enrolling} code={code} />
  )
}

/** The address of the wall is enough for a sample plant: it is opened on a second screen, where nobody wants to choose. */
const wallOfSample = async (enrolling: ReturnType<typeof enrollingWith>): Promise<void> => {
  if (location.pathname !== '/board') return
  const site = await enrolling.site()
  if (site?.sample) await enrolling.asSample('wall', undefined, 'Wall board')
}

const settle = async (tablet: Tablet, onDone: () => void): Promise<void> => {
  if (location.hash || (location.pathname !== '/' && location.pathname !== '/board'))
    history.replaceState(null, '', '/')
  await askToPersist()
  void tablet.refreshStorage()
  onDone()
}
