/** The name of this build, written in by the build itself. */
declare const __BUILD__: string
