import { inspectFile } from "../../radiograph/inspect_file.ts";
import type { Side } from "../../types.ts";

/** Checks whether a file is a usable film and reads the side from its header; used to draft a cohort file. */
export async function lookAtFilm(path: string): Promise<{ side: Side } | { reason: string }> {
  const seen = await inspectFile(path);
  if ("error" in seen) return { reason: seen.error.message };
  if (seen.frames > 1 || seen.samplesPerPixel > 1) return { reason: "it has several frames or colours" };
  const { laterality } = seen;
  return { side: laterality === "right" || laterality === "left" ? laterality : "unknown" };
}
