/** Pictures are made small enough to travel: 1600 px at the long side, WebP. */
export const LONG_SIDE = 1600
export const QUALITY = 0.8

/** Width and height that fit, in pixels; never larger than the picture is. */
export const fitted = (
  width: number,
  height: number,
  long = LONG_SIDE
): { readonly width: number; readonly height: number } => {
  const scale = Math.min(1, long / Math.max(width, height, 1))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

type Drawn = { readonly bytes: ArrayBuffer; readonly type: string }

/** Draws a file, upright, at the size that travels. Throws when the file is no picture. */
export const shrinkFile = async (file: Blob): Promise<Drawn> => {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    return await draw(picture, picture.width, picture.height)
  } finally {
    picture.close()
  }
}

export const shrinkVideo = (video: HTMLVideoElement): Promise<Drawn> => draw(video, video.videoWidth, video.videoHeight)

const draw = async (source: CanvasImageSource, width: number, height: number): Promise<Drawn> => {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, fitted(width, height))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this browser draws no pictures')
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  // Safari makes no WebP and answers PNG instead; JPEG is the smaller of what it has.
  const webp = await toBlob(canvas, 'image/webp')
  const blob = webp.type === 'image/webp' ? webp : await toBlob(canvas, 'image/jpeg')
  return { bytes: await blob.arrayBuffer(), type: blob.type }
}

const toBlob = (canvas: HTMLCanvasElement, type: string): Promise<Blob> =>
  new Promise((resolve, reject) =>
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('the picture is empty'))), type, QUALITY)
  )
