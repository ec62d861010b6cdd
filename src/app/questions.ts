/** Every question that can be asked of the planner, room by room. */
import { materialsQuestions } from '#activities/materials/questions.ts'
import { lines } from '#kernel/activity.ts'
import { bomQuestion, loadWorkQuestion, outlookQuestion } from './outlook-question.ts'
import { scheduleQuestion } from './schedule-question.ts'
import type { Question } from '#kernel/question.ts'

export const questions: readonly Question[] = lines(
  ...materialsQuestions,
  outlookQuestion,
  loadWorkQuestion,
  bomQuestion,
  scheduleQuestion
)
