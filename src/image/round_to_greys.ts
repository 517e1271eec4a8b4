/**
 * Rounds values from 0 to 1, in place, to the 256 grey levels of an 8-bit image. Crops are stored in 8 bits. They are
 * rounded before any network sees them, so every latent vector can be reproduced exactly from the stored crop.
 */
export function roundToGreys(pixels: Float32Array): Float32Array {
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.round(pixels[i] * 255) / 255;
  return pixels;
}
