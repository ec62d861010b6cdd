/** Every address of the app and the screen that belongs to it. Screens are loaded when they are first shown. */
import type { FunctionComponent } from 'preact'
import { lazy, Router } from 'preact-iso'
import { useFloor } from '#ui/floor.tsx'
import { NotHere } from './crash.tsx'
import { screenStands } from './drawn.ts'
import { UnknownPage } from './unknown-page.tsx'

/** The router finds a screen by its `path` and hands it the parts of the address by their names. */
type Screen = FunctionComponent<{
  readonly path?: string
  readonly default?: boolean
  readonly workOrder?: string
  readonly op?: string
}>

/**
 * A screen whose file can't be fetched says so; without this the page would stay empty for good. Another job is another
 * screen, not the same one with new values, so nothing of the last job can stay in its fields.
 */
const screen = (load: () => Promise<unknown>): Screen & { readonly preload: () => unknown } => {
  // The cast is sound: a screen takes only the names that its own path below gives it.
  const Loaded = lazy(() => load().catch(() => NotHere) as Promise<Screen>)
  const shown: Screen = props => <Loaded key={`${props.workOrder ?? ''}/${props.op ?? ''}`} {...props} />
  return Object.assign(shown, { preload: Loaded.preload })
}

const StationHome = screen(() => import('#activities/orders/screens/station-home.tsx').then(room => room.StationHome))
const OperationScreen = screen(() =>
  import('#activities/orders/screens/operation-screen.tsx').then(room => room.OperationScreen)
)
const OrdersDesk = screen(() => import('#activities/orders/screens/orders-desk.tsx').then(room => room.OrdersDesk))
const WorkOrderDesk = screen(() =>
  import('#activities/orders/screens/work-order-desk.tsx').then(room => room.WorkOrderDesk)
)
const RoutingDesk = screen(() => import('#activities/orders/screens/routing-desk.tsx').then(room => room.RoutingDesk))
const JobCards = screen(() => import('#activities/orders/screens/job-cards.tsx').then(room => room.JobCards))
const InspectionScreen = screen(() =>
  import('#activities/quality/screens/inspection-screen.tsx').then(room => room.InspectionScreen)
)
const DefectScreen = screen(() =>
  import('#activities/quality/screens/defect-screen.tsx').then(room => room.DefectScreen)
)
const SetUpScreen = screen(() => import('#activities/tooling/screens/set-up-screen.tsx').then(room => room.SetUpScreen))
const AskAtStation = screen(() =>
  import('#activities/changes/screens/ask-at-station.tsx').then(room => room.AskAtStation)
)
const QualityDesk = screen(() => import('#activities/quality/screens/quality-desk.tsx').then(room => room.QualityDesk))
const PlanDesk = screen(() => import('#activities/schedule/screens/plan-desk.tsx').then(room => room.PlanDesk))
const MaterialsDesk = screen(() =>
  import('#activities/materials/screens/materials-desk.tsx').then(room => room.MaterialsDesk)
)
const ImportDesk = screen(() => import('#activities/materials/screens/import-desk.tsx').then(room => room.ImportDesk))
const DocumentsDesk = screen(() =>
  import('#activities/documents/screens/documents-desk.tsx').then(room => room.DocumentsDesk)
)
const ToolingDesk = screen(() => import('#activities/tooling/screens/tooling-desk.tsx').then(room => room.ToolingDesk))
const ShippingDesk = screen(() =>
  import('#activities/shipping/screens/shipping-desk.tsx').then(room => room.ShippingDesk)
)
const ChangesDesk = screen(() => import('#activities/changes/screens/changes-desk.tsx').then(room => room.ChangesDesk))
const AdminDesk = screen(() => import('#plant/screens/admin-desk.tsx').then(room => room.AdminDesk))
const TraceDesk = screen(() => import('#trace/screens/trace-desk.tsx').then(room => room.TraceDesk))
const BoardScreen = screen(() => import('#board/screens/board-screen.tsx').then(room => room.BoardScreen))
const SyncCentre = screen(() => import('./sync-centre.tsx').then(room => room.SyncCentre))
const ScannerSetUp = screen(() => import('./scanner-set-up.tsx').then(room => room.ScannerSetUp))
const DeskHome = screen(() => import('./desk-home.tsx').then(room => room.DeskHome))

/** `/` is what this browser was enrolled for. */
const Home = () => {
  const { use } = useFloor().place
  if (use === 'desk') return <DeskHome />
  return use === 'wall' ? <BoardScreen /> : <StationHome />
}

/** The first page of that use, while nothing is known yet. */
export const fetchHome = (use: string): void => {
  if (use === 'desk') DeskHome.preload()
  else if (use === 'wall') BoardScreen.preload()
  else StationHome.preload()
}

const Unknown: Screen = () => <UnknownPage />

const pages: readonly (readonly [path: string, page: Screen])[] = [
  ['/', Home],
  ['/job/:workOrder/:op', OperationScreen],
  ['/inspect/:workOrder/:op', InspectionScreen],
  ['/defect/:workOrder/:op', DefectScreen],
  ['/set-up/:workOrder/:op', SetUpScreen],
  ['/ask/:workOrder/:op', AskAtStation],
  ['/sync', SyncCentre],
  ['/board', BoardScreen],
  ['/plan', PlanDesk],
  ['/materials', MaterialsDesk],
  ['/orders', OrdersDesk],
  ['/orders/:workOrder', WorkOrderDesk],
  ['/orders/:workOrder/cards', JobCards],
  ['/routings', RoutingDesk],
  ['/quality', QualityDesk],
  ['/documents', DocumentsDesk],
  ['/tooling', ToolingDesk],
  ['/shipping', ShippingDesk],
  ['/changes', ChangesDesk],
  ['/trace', TraceDesk],
  ['/trace/:workOrder', TraceDesk],
  ['/admin', AdminDesk],
  ['/import', ImportDesk],
  ['/scanner', ScannerSetUp]
]

export const Routes = () => (
  <Router onLoadEnd={screenStands}>
    {pages.map(([path, Page]) => (
      <Page key={path} path={path} />
    ))}
    <Unknown default />
  </Router>
)

/** Fetches the screens of a station's tablet while nobody waits for them. */
export const warmStation = (): void => {
  for (const page of [
    StationHome,
    OperationScreen,
    InspectionScreen,
    DefectScreen,
    SetUpScreen,
    AskAtStation,
    SyncCentre
  ])
    page.preload()
}

/** The same for a desk: who plans, looks or releases may lose the network as well. */
export const warmDesk = (): void => {
  for (const page of [
    DeskHome,
    PlanDesk,
    MaterialsDesk,
    OrdersDesk,
    WorkOrderDesk,
    RoutingDesk,
    JobCards,
    QualityDesk,
    DocumentsDesk,
    ToolingDesk,
    ChangesDesk,
    TraceDesk,
    SyncCentre
  ])
    page.preload()
}
