import { filmFiles, type FilmFormat } from "./film_files.ts";
import type { PatientPlan } from "../patient/paper_cohort.ts";
import { writeWhole } from "./write_whole.ts";

/** A job for the worker: one film to render and write below `outDir`; `index` is the plan's position in the cohort. */
export interface FilmJob {
  readonly index: number;
  readonly plan: PatientPlan;
  readonly format: FilmFormat;
  readonly outDir: string;
}

const scope = self as unknown as {
  onmessage: (event: MessageEvent<FilmJob>) => void;
  postMessage: (message: unknown) => void;
};

scope.onmessage = async ({ data: { index, plan, format, outDir } }) => {
  try {
    const { files, heads } = await filmFiles(plan, format);
    for (const { path, bytes } of files) await writeWhole(`${outDir}/${path}`, bytes);
    scope.postMessage({ index, heads });
  } catch (error) {
    scope.postMessage({ index, error: error instanceof Error ? error.message : String(error) });
  }
};
