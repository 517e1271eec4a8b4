import type { Camera } from "./camera.ts";

/** The coarse sheet on which soft tissue is drawn. */
export interface FleshGrid {
  readonly camera: Camera;
  /** Film pixels per pixel of the sheet. */
  readonly step: number;
  /** Millimetres per pixel of the sheet. */
  readonly mm: number;
  /** Column to millimetres in the plane of the hips. */
  readonly toX: (column: number) => number;
  /** Row to millimetres in the plane of the hips. */
  readonly toY: (row: number) => number;
}
