/** What one profile says. Nothing is promised about it: several have to agree (own.ts). */
export type Guess = {
  readonly text: string
  readonly identifier: string
  readonly format: string
  /** Mean square of what the model does not explain, as a part of the contrast squared: 0.01 is a good fit. */
  readonly rest: number
  /** How much more the next best text leaves unexplained over all characters, in the same unit. */
  readonly margin: number
  /** Where it begins and ends in the profile. */
  readonly from: number
  readonly to: number
}
