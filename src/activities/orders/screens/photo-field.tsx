import { PhotoButton } from '#ui/photo-button.tsx'
import { Photo } from '#ui/photo.tsx'
import { takePhoto } from '../step-rules.ts'
import { useAct } from './act.ts'
import css from './step-panel.module.css'
import type { FieldProps } from './use-operation.ts'

export const PhotoField = ({ state, step }: FieldProps) => {
  const act = useAct()
  const { order, operation, spot, record } = state
  const place = { workOrder: order.workOrder, op: operation.op, ...spot }
  return (
    <div class={css.photos}>
      <PhotoButton
        label={record.photos.length > 0 ? 'Take another' : 'Take photo'}
        onPhoto={photo => void act(takePhoto, { ...place, photo })}
      />
      {record.photos.map(photo => (
        <Photo key={photo.sha256} sha256={photo.sha256} alt={`${step.title}, unit ${spot.cycle}`} />
      ))}
    </div>
  )
}
