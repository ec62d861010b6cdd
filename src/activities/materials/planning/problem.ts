/**
 * What material planning is asked and what it answers: plain data that a person can read and a worker can be sent.
 *
 * Days are whole numbers of days since 1970-01-01 in the plant's own calendar; no hours, no zone. Quantities are plain
 * decimals in the item's own unit unless a `unit` says otherwise; inside, the engine counts whole smallest units
 * (10^-decimals). Ids are the caller's own words. Nothing here depends on the order in which lists are given.
 */

export type Bucketing = 'bucketless' | 'day' | 'week'

export type PlanProblem = {
  /** The day on which the plan is made. Orders that should have been started before it are past due. */
  readonly today: number
  readonly items: readonly PlanItem[]
  readonly bom: readonly PlanBomLine[]
  readonly demands: readonly PlanDemand[]
  readonly receipts: readonly PlanReceipt[]
  /** Each day on which the site works. Absent: every day. Days before the first and after the last count as worked. */
  readonly workingDays?: readonly number[]
  /** 'week' nets on Mondays, what is needed in a week counts from its Monday. 'day' and 'bucketless' net each day. */
  readonly bucketing?: Bucketing
  readonly policy?: PlanPolicy
}

export type PlanPolicy = {
  /**
   * When something is short and a receipt is on order for later: how many days later that receipt may be and still count as
   * the cure. Then no new order is planned, and a message asks to expedite the receipt. 'lead-time' (the default): when it
   * comes no later than a new order could. 0: never, a new order is planned and the receipt reported as not needed yet.
   */
  readonly expediteWithin?: number | 'lead-time'
  /** A planned order asks to be released this many days before its start. Default 7. */
  readonly releaseWithin?: number
  /** Changes of fewer days than this are not worth a message. Default 1. */
  readonly minimumDays?: number
  /** Changes of less than this, in the item's unit, are not worth a message. Default 0. */
  readonly minimumQuantity?: number
  /** Dates further from today than this, in days, are named and not planned with. Default 3660. */
  readonly horizon?: number
}

export type ItemSource = 'make' | 'buy' | 'transfer' | 'phantom' | 'none'

export type PlanItem = {
  readonly id: string
  readonly name?: string
  readonly source: ItemSource
  /** Unit in which the item is kept. Default 'pcs'. */
  readonly unit?: string
  /** Digits after the point that the unit is kept to, 0 to 6. Default 0 for pieces: ask for 3 where metres are cut. */
  readonly decimals?: number
  /** Other units: one of them is `times` of the item's unit, divided by `per` (default 1): a dozen is {times: 12}. */
  readonly units?: readonly { readonly unit: string; readonly times: number; readonly per?: number }[]
  readonly onHand?: number
  /** Already promised and taken off what is on hand. */
  readonly allocated?: number
  readonly safetyStock?: number
  /** When stock falls below the safety stock, as much is ordered as brings it up to this, and at least what is asked. */
  readonly stockMaximum?: number
  readonly lot?: LotRule
  /** Days from start (or purchase order) to receipt. Absent on what is made, bought or moved: a message, and 0. */
  readonly leadTime?: number
  /** Days that each unit started adds to the lead time of its order; the sum is rounded up to whole days. */
  readonly leadTimePer?: number
  /** 'working' counts only the site's working days. Default 'working' for make, 'calendar' for all others. */
  readonly leadIn?: 'working' | 'calendar'
  /** The part of what is started that comes out good, above 0 to 1. Default 1. What is ordered is net divided by it. */
  readonly yield?: number
  /** Order quantities are rounded up to whole steps of this. Default 1 unit. */
  readonly rounding?: number
  /** Planned orders that are due within this many days of today are named as inside the fence. */
  readonly fenceDays?: number
  /** Where a transfer comes from: the item at the other place, one for one. */
  readonly transferFrom?: string
  /** Other parts whose spare stock may stand in; never ordered for it. */
  readonly alternates?: readonly PlanAlternate[]
  /** The item that takes over: own stock and receipts are used up first, nothing new is ordered from `from` on. */
  readonly successor?: { readonly item: string; readonly from?: number; readonly ratio?: number }
  /** For purchased parts: who is asked. Only shown. */
  readonly supplier?: string
  /** A unit's worth, for values in reports. */
  readonly cost?: number
}

export type PlanAlternate = {
  readonly item: string
  /** Units of the alternate that replace one unit of the item. */
  readonly ratio: number
  /** 'when-short' (default): after the item's own stock and receipts. 'first': before them, to use it up. */
  readonly use?: 'when-short' | 'first'
}

/** Every rule may carry a minimum, a maximum and a multiple of one order. */
export type LotRule = {
  readonly minimum?: number
  readonly maximum?: number
  readonly multiple?: number
} & (
  | { readonly rule: 'lot-for-lot' }
  /** Each order is exactly this many; as many orders as it takes. */
  | { readonly rule: 'fixed'; readonly quantity: number }
  /** One order covers what is needed from its day on for this many days. */
  | {
      readonly rule: 'period'
      readonly days: number
      /**
       * What opens a period: the first shortage ('need', the default), or anything that happens to the item, a receipt too
       * ('event'): then the order stands at the period's begin, for what is missing at its end. What comes inside the period
       * covers what is asked inside it, whichever is first; that stock is low until then is said in a message.
       */
      readonly begins?: 'need' | 'event'
    }
  /** Wilson: √(2 · yearly demand · cost of an order / cost of holding one a year), rounded up, as least order. */
  | {
      readonly rule: 'economic'
      readonly orderCost: number
      readonly holdingCost: number
      /** Default: what the plan itself needs, brought to 365 days. */
      readonly yearlyDemand?: number
    }
)

export type PlanBomLine = {
  readonly parent: string
  readonly component: string
  /** Of the component, for one unit of the parent; for a whole order when `fixed`. */
  readonly quantity: number
  /** Unit of `quantity`. Default the component's own. */
  readonly unit?: string
  readonly fixed?: boolean
  /** Part of the component that is lost, 0 to below 1: what is needed is divided by 1 - scrap. */
  readonly scrap?: number
  /** Attrition: lost on every order at least, in the component's unit, when `scrap` comes to less. */
  readonly lossMinimum?: number
  /** Used up by each set-up, in the component's unit: once for an order. */
  readonly setup?: number
  /** Days after the order's start on which it is needed. Default 0. In the lead time's kind of days. */
  readonly offset?: number
  /** Valid for parent orders that are due on from <= day < to. */
  readonly from?: number
  readonly to?: number
  /** What is needed is rounded up to whole steps of this, for one order. */
  readonly rounding?: number
  /** `quantity` pieces of this length are cut from stock of that length; the component is counted in whole stock lengths. */
  readonly cut?: { readonly length: number; readonly stockLength: number; readonly kerf?: number }
  /** 'tool': needed while the order runs and given back, a jig or a gauge. Default 'consume'. */
  readonly use?: 'consume' | 'tool'
}

export type DemandKind = 'customer' | 'forecast' | 'schedule' | 'internal'

export type PlanDemand = {
  readonly id: string
  readonly item: string
  readonly quantity: number
  readonly unit?: string
  readonly day: number
  /** Smaller is served first among demands of the same day. Default 0. */
  readonly priority?: number
  readonly customer?: string
  readonly kind?: DemandKind
}

export type ReceiptKind = 'purchase' | 'work-order' | 'firm-planned' | 'transfer'

export type PlanReceipt = {
  readonly id: string
  readonly item: string
  /** What is still to come; good pieces for a work order. */
  readonly quantity: number
  readonly unit?: string
  readonly day: number
  readonly kind: ReceiptKind
  /** When its components are needed. Default: its day less the item's lead time. */
  readonly start?: number
  /** Never asked to move. Firm planned orders are not moved by the engine in any case. */
  readonly firm?: boolean
  /**
   * What it still has to be given, for a work order that runs. Absent: its BOM is exploded for the whole quantity (work
   * orders, firm planned orders and transfers); an empty list means that everything has been issued.
   */
  readonly components?: readonly { readonly item: string; readonly quantity: number; readonly day?: number }[]
}

/* ---- answers ---- */

export type PlannedOrder = {
  readonly id: string
  readonly item: string
  readonly source: 'make' | 'buy' | 'transfer'
  /** What is started or ordered, in the item's unit. */
  readonly quantity: number
  /** What is expected from it: quantity times yield. */
  readonly output: number
  readonly start: number
  readonly due: number
}

/** Something that brings quantity: what lies there, what is ordered, what is planned, or another part standing in. */
export type SupplyRef =
  | { readonly kind: 'on-hand'; readonly item: string }
  | { readonly kind: 'receipt'; readonly item: string; readonly receipt: string }
  | { readonly kind: 'planned'; readonly item: string; readonly order: string }
  | { readonly kind: 'stand-in'; readonly item: string; readonly by: string }

/** Something that takes quantity. */
export type NeedRef =
  | { readonly kind: 'demand'; readonly demand: string }
  /** A work order, firm planned order or transfer that is open. */
  | { readonly kind: 'receipt'; readonly item: string; readonly receipt: string }
  | { readonly kind: 'planned'; readonly item: string; readonly order: string }
  /** A phantom, an alternate or a successor between: the item that was asked for. */
  | { readonly kind: 'through'; readonly item: string }
  | { readonly kind: 'safety'; readonly item: string }
  /** The books are below nothing. */
  | { readonly kind: 'owed'; readonly item: string }

export type Peg = {
  readonly supply: SupplyRef
  readonly need: NeedRef
  readonly item: string
  readonly quantity: number
  /** Day on which the supply comes; the plan's day for what is on hand. */
  readonly supplied: number
  readonly needed: number
}

/** One bucket of one item, in the item's unit. */
export type ItemRow = {
  readonly day: number
  readonly gross: number
  readonly receipts: number
  /** Output of planned orders that are due in it. */
  readonly planned: number
  /** Planned orders to be started in it. */
  readonly released: number
  /** At its end. */
  readonly projected: number
}

/** A demand or an open work order that something delays. */
export type Delayed = {
  readonly what:
    | { readonly kind: 'demand'; readonly demand: string; readonly customer?: string }
    | { readonly kind: 'receipt'; readonly receipt: string }
    | { readonly kind: 'planned'; readonly order: string }
  readonly item: string
  /** Of that demand or order: all of it, in its unit. */
  readonly quantity: number
  /** Of it, what hangs on the late part. At least this much, when lots are shared. */
  readonly affected: number
  readonly due: number
  readonly days: number
}

/** One step of what a demand still waits for; the deepest first to come is what decides. */
export type WaitsFor = {
  readonly item: string
  readonly quantity: number
  readonly needed: number
  readonly supply: SupplyRef
  /** Day on which it can really be there: a planned order can't start before today. */
  readonly expected: number
  readonly late: number
  /** 0 for the demand's own item. */
  readonly depth: number
  readonly for: NeedRef
}

export type Shortage = {
  readonly item: string
  readonly short: number
  readonly day: number
  /** What it stops: open work orders and planned orders that need the part, and demands, the first due first. */
  readonly stops: readonly Delayed[]
  readonly next?: { readonly day: number; readonly quantity: number; readonly receipt: string }
}

export type MessageKind =
  | 'release'
  | 'expedite'
  | 'defer'
  | 'increase'
  | 'decrease'
  | 'cancel'
  | 'past-due'
  | 'no-supply'
  | 'below-safety'
  | 'inside-fence'
  | 'tool-short'
  | BadData

export type BadData =
  | 'bom-loop'
  | 'no-source'
  | 'no-lead-time'
  | 'unit-unknown'
  | 'item-unknown'
  | 'negative-stock'
  | 'date-unlikely'
  | 'quantity-unlikely'
  | 'too-deep'
  | 'no-working-day'

export type PlanMessage = {
  /** The same problem has the same key in the next plan; a dismissed one comes back when `key` or `state` differs. */
  readonly key: string
  /** What would have to change materially: quantity and days in coarse steps. */
  readonly state: string
  readonly kind: MessageKind
  readonly severity: 'stop' | 'attention' | 'info'
  readonly item?: string
  readonly about?: SupplyRef | NeedRef
  /** For planners: the day to act on, and what to change to. */
  readonly day?: number
  readonly quantity?: number
  readonly to?: { readonly day?: number; readonly quantity?: number }
  /** The numbers behind it, by name: what a sentence is made from. */
  readonly why: Readonly<Record<string, string | number | readonly string[]>>
}
