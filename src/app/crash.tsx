/** What is shown when a page can't be: nothing is lost, try again, hand over a report. */
import { Component, type ComponentChildren } from 'preact'
import { Button } from '#ui/button.tsx'
import css from './page.module.css'
import { buildId } from './update.ts'

/** Four signs that name a problem alike on every tablet, so that two reports can be seen to be one. */
export const refOf = (problem: unknown): string => {
  const text = problem instanceof Error ? `${problem.name}:${problem.message}` : String(problem)
  let sum = 0
  for (const sign of text) sum = (Math.imul(sum, 31) + (sign.codePointAt(0) ?? 0)) >>> 0
  return (sum & 0xffff).toString(16).toUpperCase().padStart(4, '0')
}

type Boundary = { readonly children: ComponentChildren }

/** Keeps one broken screen from taking the app with it. */
export class CrashBoundary extends Component<Boundary, { problem?: unknown }> {
  static override getDerivedStateFromError(problem: unknown) {
    return { problem }
  }

  override componentDidCatch(problem: unknown) {
    console.error(problem)
  }

  override render({ children }: Boundary, { problem }: { problem?: unknown }) {
    return problem === undefined ? children : <Crash problem={problem} />
  }
}

export const Crash = ({ problem }: { readonly problem: unknown }) => (
  <main class={css.page} role="alert">
    <h1>We could not open this page. Nothing is lost.</h1>
    <p>What was recorded is saved on this tablet and will be sent by itself.</p>
    <div class={css.row}>
      <Button tone="primary" onPress={() => location.reload()}>
        Try again
      </Button>
      <Button onPress={() => location.assign('/')}>Go to the first page</Button>
      <Button onPress={() => void saveReport(problem)}>Send report</Button>
    </div>
    <p class={css.small}>
      ref {refOf(problem)} · build {buildId}
    </p>
  </main>
)

/** A screen whose file is neither here nor to be had now. */
export const NotHere = () => (
  <main class={css.page} role="alert">
    <h1>This page is not on this tablet yet.</h1>
    <p>It comes with the network and then stays. What you recorded is safe.</p>
    <div class={css.row}>
      <Button tone="primary" onPress={() => location.reload()}>
        Try again
      </Button>
      <Button onPress={() => location.assign('/')}>Go to the first page</Button>
    </div>
  </main>
)

/** No office is asked here: a page that broke may have broken on the way to it. The file is handed over by the person. */
const saveReport = async (problem: unknown): Promise<void> => {
  const report = {
    ref: refOf(problem),
    build: buildId,
    page: location.pathname,
    at: new Date().toISOString(),
    browser: navigator.userAgent,
    problem: problem instanceof Error ? [problem.name, problem.message, problem.stack] : String(problem)
  }
  const file = new File([JSON.stringify(report, null, 2)], `jobcard-report-${report.ref}.json`, {
    type: 'application/json'
  })
  if (navigator.canShare?.({ files: [file] })) return navigator.share({ files: [file] }).catch(() => saveFile(file))
  saveFile(file)
}

/** Gives a file to the person, as a download. */
export const saveFile = (file: File): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
