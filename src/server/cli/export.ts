/** The command file that npm runs; the work is in src/server/import. */
import '#server/import/cli-export.ts'
