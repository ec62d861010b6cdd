import '#device/early-read.ts'
import '#ui/tokens.css'
import '#ui/base.css'
import '#app/print.css'
import { render } from 'preact'
import { begin, Jobcard } from '#app/start.tsx'
import { startUpdates } from '#app/update.ts'

const root = document.getElementById('app')
if (root) render(<Jobcard />, root)
void begin()
addEventListener('load', () => setTimeout(() => void startUpdates(), 1000))
