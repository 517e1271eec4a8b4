import { rampColours } from "../ui/point_look.ts";
import type { DensityGrid } from "./density_grid.ts";

/** Number of steps in the colour ramp for densities. */
export const DENSITY_STEPS = 12;

/** Index of a count in the colour ramp; logarithmic, from one head to the fullest cell. */
export function densityStep(count: number, most: number): number {
  if (most <= 1) return DENSITY_STEPS - 1;
  return Math.min(DENSITY_STEPS - 1, Math.floor((Math.log(count) / Math.log(most)) * DENSITY_STEPS));
}

/** Colours of the densities, from one head to the fullest cell. */
export function densityColours(dark: boolean): string[] {
  return rampColours({ dark, steps: DENSITY_STEPS });
}

/**
 * Draws the cells on the canvas. The last colour of the ramp stands for the count `most`; grids drawn with the same
 * `most` can be compared.
 */
export function drawDensity(
  canvas: HTMLCanvasElement,
  { columns, rows, cellPx, counts }: DensityGrid,
  { widthPx, heightPx, most, dark }: { widthPx: number; heightPx: number; most: number; dark: boolean },
): void {
  const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
  const [wide, high] = [Math.round(widthPx * ratio), Math.round(heightPx * ratio)];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  const colours = densityColours(dark).map(rgbOf);
  const picture = new ImageData(columns, rows);
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] === 0) continue;
    const [red, green, blue] = colours[densityStep(counts[i], most)];
    picture.data[4 * i] = red;
    picture.data[4 * i + 1] = green;
    picture.data[4 * i + 2] = blue;
    picture.data[4 * i + 3] = 255;
  }
  const cells = new OffscreenCanvas(columns, rows);
  cells.getContext("2d")!.putImageData(picture, 0, 0);
  const context = canvas.getContext("2d")!;
  context.clearRect(0, 0, wide, high);
  context.imageSmoothingEnabled = false;
  context.drawImage(cells, 0, 0, columns * cellPx * ratio, rows * cellPx * ratio);
}

function rgbOf(hex: string): [number, number, number] {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}
