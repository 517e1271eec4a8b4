import { inspectFile } from "../../radiograph/inspect_file.ts";
import type { Side } from "../../types.ts";

/**
 * Reads the header of a file for a drafted cohort file: the side, or the reason why the file is not a usable film.
 * Pixels are not read.
 */
export async function lookAtFilm(path: string): Promise<{ side: Side } | { reason: string }> {
  const seen = await inspectFile(path);
  if ("error" in seen) return { reason: seen.error.message };
  if (seen.frames > 1 || seen.samplesPerPixel > 1) return { reason: "it has several frames or colours" };
  const { laterality } = seen;
  return { side: laterality === "right" || laterality === "left" ? laterality : "unknown" };
}
