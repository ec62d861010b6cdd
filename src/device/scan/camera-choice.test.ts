import { describe, expect, it } from 'vitest'
import { type CameraInfo, chooseCamera, nextCamera } from './camera-choice.ts'

const cameras = (...labels: string[]): CameraInfo[] => labels.map((label, i) => ({ id: `id-${i}`, label }))
const chosen = (...labels: string[]) => chooseCamera(cameras(...labels))?.label

describe('the choice of a camera', () => {
  it('is the main one at the back, on the tablets and phones that people have', () => {
    expect(chosen('Front Camera', 'Back Ultra Wide Camera', 'Back Camera', 'Back Telephoto Camera')).toBe('Back Camera')
    expect(chosen('camera2 1, facing front', 'camera2 2, facing back', 'camera2 0, facing back')).toBe(
      'camera2 0, facing back'
    )
    expect(chosen('Microsoft Camera Front', 'Microsoft Camera Rear')).toBe('Microsoft Camera Rear')
    expect(chosen('FaceTime HD Camera', 'USB2.0 PC Camera')).toBe('USB2.0 PC Camera')
    expect(chosen('Integrated IR Camera', 'Integrated Camera')).toBe('Integrated Camera')
  })
  it('goes by what the lens can do when names do not tell', () => {
    expect(
      chooseCamera([
        { id: 'a', label: 'camera 1', continuousFocus: false },
        { id: 'b', label: 'camera 2', continuousFocus: true, torch: true }
      ])?.id
    ).toBe('b')
  })
  it('is the remembered one, whatever it is called, while it is there', () => {
    expect(chooseCamera(cameras('Back Camera', 'Front Camera'), 'id-1')?.label).toBe('Front Camera')
    expect(chooseCamera(cameras('Back Camera', 'Front Camera'), 'gone')?.label).toBe('Back Camera')
    expect(chooseCamera([])).toBeUndefined()
    expect(chooseCamera([{ id: '', label: '' }], '')?.id).toBe('')
  })
  it('goes round with the button', () => {
    const both = cameras('a', 'b')
    expect([nextCamera(both, 'id-0')?.id, nextCamera(both, 'id-1')?.id, nextCamera(both, 'gone')?.id]).toEqual([
      'id-1',
      'id-0',
      'id-0'
    ])
  })
})
