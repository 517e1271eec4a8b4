import type { Camera } from "./camera.ts";

/** The coarse sheet that flesh is drawn on. */
export interface FleshGrid {
  readonly camera: Camera;
  readonly step: number;
  /** Millimetres a pixel. */
  readonly mm: number;
  /** Column and row to millimetres in the plane of the hips. */
  readonly toX: (column: number) => number;
  readonly toY: (row: number) => number;
}
