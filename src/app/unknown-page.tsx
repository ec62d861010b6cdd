/** An address that leads nowhere. */
import { Button } from '#ui/button.tsx'
import { useFloor } from '#ui/floor.tsx'
import css from './page.module.css'

export const UnknownPage = () => {
  const floor = useFloor()
  return (
    <main class={css.page}>
      <h1>There is no page at this address.</h1>
      <p>It may have been moved, or the address was typed with a slip.</p>
      <p class={css.small} data-nocut="">
        {location.pathname}
      </p>
      <div class={css.row}>
        <Button tone="primary" onPress={() => floor.go('/')}>
          Go to the first page
        </Button>
      </div>
    </main>
  )
}
