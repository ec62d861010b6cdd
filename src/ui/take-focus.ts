/** As a `ref`: gives a field the focus when it comes up, because a person just asked for it. Once, not at every stroke. */
export const takeFocus = (field: HTMLElement | null): void => field?.focus()
