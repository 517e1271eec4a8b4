import { shrinkPicture, type SmallPicture } from "./shrink_picture.ts";
import { workPool } from "../../workers/work_pool.ts";

/** Images per job. */
const PER_JOB = 128;
/** Minimum number of images for which starting workers pays off. */
const MANY = 600;

/**
 * A study's images as small greyscale JPEGs in base64 for a page, in the order of the request; null if a file does not
 * exist.
 *
 * @throws {Error} if an image cannot be read; the message names its file.
 */
export async function smallPictures(wanted: readonly SmallPicture[]): Promise<(string | null)[]> {
  if (wanted.length < MANY) return wanted.map(shrinkPicture);
  const jobs: SmallPicture[][] = [];
  for (let at = 0; at < wanted.length; at += PER_JOB) jobs.push(wanted.slice(at, at + PER_JOB));
  const results: (string | null)[][] = [];
  await workPool<null, SmallPicture[], (string | null)[]>({
    jobs,
    workers: navigator.hardwareConcurrency,
    open: () => new Worker(new URL("./small_picture_worker.ts", import.meta.url), { type: "module" }),
    start: null,
    onResult: (index, result) => {
      results[index] = result;
    },
  });
  return results.flat();
}
