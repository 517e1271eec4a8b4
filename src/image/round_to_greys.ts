/**
 * Rounds values from 0 to 1, in place, to the 256 greys of an 8-bit picture. Crops are kept on disk in 8 bits; rounding them before
 * any network sees them lets every latent be computed again, exactly, from the stored picture.
 */
export function roundToGreys(pixels: Float32Array): Float32Array {
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.round(pixels[i] * 255) / 255;
  return pixels;
}
