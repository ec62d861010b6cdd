/** Saves one of the CSV files with what the plant knows now, for what no form changes. */
import { useState } from 'preact/hooks'
import { Button } from '#ui/button.tsx'
import { useFloor } from '#ui/floor.tsx'
import { saveFile } from '#ui/save-file.ts'
import { useAct } from '#ui/use-act.ts'

export const SaveTemplate = ({ file }: { readonly file: string }) => {
  const { office } = useFloor()
  const { attempt, busy } = useAct()
  const [asked, setAsked] = useState(false)
  const save = () =>
    attempt(async () => {
      setAsked(true)
      const { files } = await office.get<{ files: readonly { readonly name: string; readonly text: string }[] }>(
        '/v1/export'
      )
      const found = files.find(one => one.name === file)
      if (!found) return `The office has no ${file}.`
      saveFile(new Blob([found.text], { type: 'text/csv;charset=utf-8' }), file)
      return undefined
    })
  return (
    <Button busy={asked && busy} onPress={() => void save()}>
      Save {file}
    </Button>
  )
}
