import type { Camera } from "./camera.ts";

/** The coarse sheet on which soft tissue is drawn. */
export interface FleshGrid {
  readonly camera: Camera;
  readonly step: number;
  /** Millimetres per pixel. */
  readonly mm: number;
  /** Column and row to millimetres in the plane of the hips. */
  readonly toX: (column: number) => number;
  readonly toY: (row: number) => number;
}
