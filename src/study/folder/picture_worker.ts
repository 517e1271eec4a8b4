import { serveJobs } from "../../workers/serve_jobs.ts";
import { writePicture } from "./write_picture.ts";

/** Pictures to be written, all square and of one size. */
export interface PictureJob {
  readonly paths: readonly string[];
  readonly pictures: readonly Uint8Array[];
  readonly sizePx: number;
}

// Thousands of small files: beside the main thread, which compares meanwhile.
serveJobs<null, PictureJob, number>(() =>
  Promise.resolve(async ({ paths, pictures, sizePx }, beat) => {
    for (const [i, path] of paths.entries()) {
      await writePicture(path, pictures[i], { sizePx });
      if (i % 16 === 0) beat();
    }
    return paths.length;
  })
);
