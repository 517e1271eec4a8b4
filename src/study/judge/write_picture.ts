import { encodePng } from "../../image/encode_png.ts";
import { writeAtomic } from "../../files/write_atomic.ts";

/**
 * Writes one square 8-bit greyscale image as PNG, without syncing it to disk, because there are thousands of images.
 * The images can be recomputed, and their hashes in `study.json` show whether the files are complete.
 */
export async function writePicture(
  path: string,
  bytes: Uint8Array,
  { sizePx }: { sizePx: number },
): Promise<void> {
  const png = encodePng({ widthPx: sizePx, heightPx: sizePx, samples: bytes }, { level: 3 });
  await writeAtomic(path, png, { sync: false });
}

/** Creates an empty folder; removes the contents left by an earlier run. */
export async function freshFolder(path: string): Promise<void> {
  await Deno.remove(path, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await Deno.mkdir(path, { recursive: true });
}
