/** `npm run plan -- FOLDER [--out FOLDER] [--today DAY] [--zone ZONE] [--seconds N]` */
import '#server/planning/cli-plan.ts'
