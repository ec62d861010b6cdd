/** The frame of every desk page: where one can go on the left, the page on the right. */
import type { ComponentChildren } from 'preact'
import css from './desk-screen.module.css'
import { PersonButton, SyncChip } from './top-bar.tsx'

const pages = [
  [
    'Make',
    [
      ['/orders', 'Work orders'],
      ['/plan', 'Plan'],
      ['/materials', 'Materials'],
      ['/quality', 'Quality'],
      ['/shipping', 'Shipping']
    ]
  ],
  [
    'Prepare',
    [
      ['/routings', 'Routings'],
      ['/documents', 'Documents'],
      ['/tooling', 'Tooling'],
      ['/changes', 'Changes']
    ]
  ],
  [
    'Know',
    [
      ['/trace', 'Trace'],
      ['/board', 'Wall board'],
      ['/sync', 'Sync']
    ]
  ],
  [
    'Run',
    [
      ['/import', 'Import'],
      ['/admin', 'Plant']
    ]
  ]
] as const

type Props = { readonly title: string; readonly actions?: ComponentChildren; readonly children: ComponentChildren }

export const DeskScreen = ({ title, actions, children }: Props) => (
  <div class={css.desk}>
    <nav class={css.side} aria-label="Pages">
      <p class={css.brand}>Jobcard</p>
      <div class={css.pages}>
        {pages.map(([group, items]) => (
          <div class={css.group} key={group}>
            <h2>{group}</h2>
            {items.map(([href, name]) => (
              <a key={href} href={href} aria-current={here(href) ? 'page' : undefined}>
                {name}
              </a>
            ))}
          </div>
        ))}
      </div>
      <div class={css.who}>
        <SyncChip />
        <PersonButton />
      </div>
    </nav>
    <main class={css.main}>
      <header class={css.head}>
        <h1>{title}</h1>
        {actions !== undefined && <div class={css.actions}>{actions}</div>}
      </header>
      {children}
    </main>
  </div>
)

const here = (href: string): boolean => location.pathname === href || location.pathname.startsWith(`${href}/`)
