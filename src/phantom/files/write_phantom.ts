import type { FilmFiles, FilmFormat } from "./film_files.ts";
import { filmPath } from "./film_files.ts";
import type { FilmJob } from "./film_worker.ts";
import type { PhantomCohort } from "../patient/paper_cohort.ts";
import { writeWhole } from "./write_whole.ts";
import { InputError } from "../../input_error.ts";

/** Options of {@linkcode writePhantom}. By default, films are PNG files 1024 pixels wide. */
export interface WritePhantomOptions extends Partial<FilmFormat> {
  /** Output folder. */
  readonly outDir: string;
  /** Number of rendering threads; the files do not depend on it. @default {navigator.hardwareConcurrency, at most 8} */
  readonly workers?: number;
  /** Called after each film with the number of finished films and the total. */
  readonly onProgress?: (done: number, total: number) => void;
  /** If aborted, rendering stops and the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What was written. */
export interface PhantomSummary {
  /** Name of the cohort. */
  readonly cohort: string;
  /** Random seed. */
  readonly seed: number;
  /** Number of films. */
  readonly films: number;
  /** Number of rows of the cohort file: natural heads of which at least half is on the film. */
  readonly heads: number;
  /** Number of heads of each grade, 0 to 4. */
  readonly grades: readonly number[];
  /** Output folder. */
  readonly outDir: string;
  /** Path of the cohort file. */
  readonly cohortFile: string;
}

type Reply = { index: number; heads: FilmFiles["heads"] } | { index: number; error: string };

/**
 * Renders a cohort into a folder: `films/`, `masks/` (one per head), `parameters/`, and finally `cohort.csv`. The same
 * cohort and format give the same bytes, whatever the number of workers.
 *
 * @throws {InputError} if `workers` is not an integer of at least 1; `Error` if a film cannot be rendered or written;
 * the signal's reason if it is aborted.
 */
export async function writePhantom(
  cohort: PhantomCohort,
  options: WritePhantomOptions,
): Promise<PhantomSummary> {
  const { outDir, format = "png", widthPx = 1024, onProgress, signal } = options;
  const { workers = Math.min(8, navigator.hardwareConcurrency) } = options;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new InputError(`Cannot render a cohort: workers must be a whole number from 1, got ${workers}`);
  }
  for (const folder of ["films", "masks", "parameters"]) {
    await Deno.mkdir(`${outDir}/${folder}`, { recursive: true });
  }
  const jobs = cohort.patients.map((plan, index): FilmJob => ({
    index,
    plan,
    format: { format, widthPx },
    outDir,
  }));
  const heads = await renderAll(jobs, { workers: Math.min(workers, jobs.length), onProgress, signal });
  const grades = [0, 0, 0, 0, 0], lines = ["radiograph,patient,side,grade,mask,age,sex,site,split"];
  cohort.patients.forEach((plan, i) => {
    const { id, age, sex, site } = plan.options;
    for (const head of heads[i]) {
      grades[head.grade]++;
      lines.push(
        [filmPath(plan, format), id, head.side, head.grade, head.mask, age, sex, site, plan.split].join(","),
      );
    }
  });
  const cohortFile = `${outDir}/cohort.csv`;
  await writeWhole(cohortFile, new TextEncoder().encode(lines.join("\n") + "\n"));
  return {
    cohort: cohort.name,
    seed: cohort.seed,
    films: jobs.length,
    heads: lines.length - 1,
    grades,
    outDir,
    cohortFile,
  };
}

/** Assigns jobs to idle workers; the first failure stops all of them. */
function renderAll(
  jobs: readonly FilmJob[],
  { workers, onProgress, signal }: { workers: number } & Pick<WritePhantomOptions, "onProgress" | "signal">,
): Promise<FilmFiles["heads"][]> {
  const heads: FilmFiles["heads"][] = new Array(jobs.length);
  const team = Array.from(
    { length: workers },
    () => new Worker(new URL("./film_worker.ts", import.meta.url), { type: "module" }),
  );
  let next = 0, done = 0;
  return new Promise<FilmFiles["heads"][]>((resolve, reject) => {
    signal?.throwIfAborted();
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
    if (jobs.length === 0) resolve(heads);
    for (const worker of team) {
      const give = () => next < jobs.length && worker.postMessage(jobs[next++]);
      worker.onmessage = ({ data }: MessageEvent<Reply>) => {
        if ("error" in data) {
          return reject(
            new Error(`Cannot render or write film ${jobs[data.index].plan.name}: ${data.error}`),
          );
        }
        heads[data.index] = data.heads;
        done++;
        onProgress?.(done, jobs.length);
        if (done === jobs.length) resolve(heads);
        else give();
      };
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(`Cannot render films: ${event.message}`));
      };
      give();
    }
  }).finally(() => team.forEach((worker) => worker.terminate()));
}
