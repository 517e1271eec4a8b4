/**
 * Box blur of a square image: means over squares with a side of 2 * radius + 1 pixels. Beyond the image its border
 * pixels are repeated; NaN counts as 0.
 */
export function boxBlurred(values: Float32Array, size: number, radius: number): Float32Array {
  let from = values.map((v) => v === v ? v : 0), to = new Float32Array(values.length);
  for (const step of [1, size]) {
    for (let line = 0; line < size; line++) {
      const start = step === 1 ? line * size : line;
      let sum = 0;
      for (let i = -radius; i <= radius; i++) sum += from[start + Math.min(size - 1, Math.max(0, i)) * step];
      for (let i = 0; i < size; i++) {
        to[start + i * step] = sum / (2 * radius + 1);
        sum += from[start + Math.min(size - 1, i + radius + 1) * step] -
          from[start + Math.max(0, i - radius) * step];
      }
    }
    [from, to] = [to, from];
  }
  return from;
}
