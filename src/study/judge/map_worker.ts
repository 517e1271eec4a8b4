import { drawMaps, type DrawnMaps } from "./draw_maps.ts";
import { serveJobs } from "../../workers/serve_jobs.ts";

/** Input of the map worker. */
export interface MapJob {
  readonly rows: Float64Array;
  readonly mean: Float64Array;
  readonly cholesky: Float64Array;
  readonly seed: number;
}

// Worker of `runStudy`: computes the maps while the main thread compares grades and decodes images.
serveJobs<null, MapJob, DrawnMaps>(() =>
  Promise.resolve(({ rows, mean, cholesky, seed }) =>
    Promise.resolve(drawMaps(rows, { normative: { mean, cholesky }, seed }))
  )
);
