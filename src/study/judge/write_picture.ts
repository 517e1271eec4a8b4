import { encodePng } from "../../image/encode_png.ts";
import { writeAtomic } from "../../files/write_atomic.ts";

/**
 * Writes one square 8-bit grey picture. No sync: pictures are thousands, can all be made again from the tables beside them, and
 * their hashes stand in study.json.
 */
export async function writePicture(
  path: string,
  bytes: Uint8Array,
  { sizePx }: { sizePx: number },
): Promise<void> {
  const png = encodePng({ widthPx: sizePx, heightPx: sizePx, samples: bytes }, { level: 3 });
  await writeAtomic(path, png, { sync: false });
}

/** An empty folder, whatever an earlier run left in it. */
export async function freshFolder(path: string): Promise<void> {
  await Deno.remove(path, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await Deno.mkdir(path, { recursive: true });
}
