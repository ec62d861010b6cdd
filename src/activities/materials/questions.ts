/** What material planning can be asked beside the page. */
import type { Known } from '#kernel/decision.ts'
import { question } from '#kernel/question.ts'
import { itemPlanOf } from './item-plan.ts'
import { outlookOf } from './outlook.ts'
import { type Dismissed, type StillHolds, stillHolds } from './planning/advice.ts'
import { planOfKnown } from './planning/plan-known.ts'
import { materialsViews, messageNoteView } from './projection.ts'

const itemPlan = question('materials/item-plan', materialsViews, itemPlanOf)
const outlook = question('materials/outlook', [...materialsViews, messageNoteView], outlookOf)

/** Asked right before a message is applied: the plan may be another one by now. */
export type MessageAsked = { readonly today: string; readonly message: Dismissed }
const messageNow = question(
  'materials/message-now',
  materialsViews,
  (known: Known, { today, message }: MessageAsked, { keep }): StillHolds =>
    stillHolds(message, planOfKnown(known, { today }, keep).plan)
)

export const materialsQuestions = [itemPlan, outlook, messageNow]
