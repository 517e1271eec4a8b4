/** Labels of one pool pixel, as bits. */
export const RIGHT_HEAD = 1, LEFT_HEAD = 2, IMPLANT = 4;

/**
 * Rendered films for augmentation, in shared memory so that the training worker reads them without a copy. Every film
 * is in the upper left corner of a square of `sizePx`; the rest of the square is unused.
 */
export interface FilmPool {
  /** Number of films. */
  readonly count: number;
  /** Side of the square in pixels. */
  readonly sizePx: number;
  /** Pixel values, row by row. */
  readonly pixels: Uint8Array; // [count, sizePx, sizePx]
  /** Bits of RIGHT_HEAD, LEFT_HEAD, IMPLANT. */
  readonly labels: Uint8Array; // [count, sizePx, sizePx]
  /** Width and height of each film in pixels. */
  readonly shapes: Int32Array; // [count, 2]
  /** Centre x, y and radius of up to two heads, film pixels; radius 0 where there is none. */
  readonly heads: Float32Array; // [count, 2, 3]
  /** Centre x, y and radius of the removed head of up to two hips without a head (replaced joints, empty sockets). */
  readonly headless: Float32Array; // [count, 2, 3]
}

/** An empty pool in shared memory. */
export function filmPool({ count, sizePx }: { count: number; sizePx: number }): FilmPool {
  const shared = (bytes: number) => new SharedArrayBuffer(bytes);
  return {
    count,
    sizePx,
    pixels: new Uint8Array(shared(count * sizePx * sizePx)),
    labels: new Uint8Array(shared(count * sizePx * sizePx)),
    shapes: new Int32Array(shared(8 * count)),
    heads: new Float32Array(shared(24 * count)),
    headless: new Float32Array(shared(24 * count)),
  };
}
