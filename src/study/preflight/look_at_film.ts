import { isMaskFileName } from "../../masks/mask_file_name.ts";
import { inspectFile } from "../../radiograph/inspect_file.ts";
import type { Side } from "../../types.ts";

/**
 * Inspects a file for a drafted cohort file: the side in its header, or the reason why the file is left out. Left out
 * are files named like the masks of `caput export --masks`, files that cannot be read, and files with several frames or
 * colour channels.
 */
export async function lookAtFilm(path: string): Promise<{ side: Side } | { reason: string }> {
  if (isMaskFileName(path)) return { reason: "it is the mask of a head, written by caput export --masks" };
  const seen = await inspectFile(path);
  if ("error" in seen) return { reason: seen.error.message };
  if (seen.frames > 1 || seen.samplesPerPixel > 1) return { reason: "it has several frames or colours" };
  const { laterality } = seen;
  return { side: laterality === "right" || laterality === "left" ? laterality : "unknown" };
}
