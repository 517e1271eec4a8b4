import { encodePng } from "../../image/encode_png.ts";
import { writeAtomic } from "../../files/write_atomic.ts";

/**
 * Writes one square 8-bit greyscale image, without syncing it to disk: there are thousands of images, they can be made again from the tables, and
 * their hashes are in study.json.
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
