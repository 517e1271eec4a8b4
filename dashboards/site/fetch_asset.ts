import type { SiteAsset } from "./site_note.ts";

/**
 * Name of the browser's cache for a site's assets. The service worker removes files that a new version of the site no
 * longer has.
 */
export const STORE = "caput-assets";

/**
 * Returns a file of the site from the browser's cache or, if it is not there, from the network; fetched files are
 * cached. In both cases the file is unpacked and its hash is checked.
 *
 * @param options.base address of the page
 * @param options.onBytes called with the number of further bytes received
 * @throws {Error} if the file cannot be loaded, or differs from the file that this page was built with.
 */
export async function fetchAsset(
  asset: SiteAsset,
  { base, onBytes }: { base: string; onBytes?: (bytes: number) => void },
): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(asset.path, base).href;
  const store = await caches.open(STORE).catch(() => null); // some browsers have no cache in private windows
  const cached = await store?.match(url);
  if (cached) {
    const found = await unpacked(await cached.arrayBuffer(), asset);
    if (found) return found;
    await store!.delete(url);
  }
  const answer = await fetch(url, { cache: "no-cache" }).catch((cause) => {
    throw new Error(`Cannot fetch ${asset.path}: the site did not answer. Open the page again when online.`, {
      cause,
    });
  });
  if (!answer.ok) {
    throw new Error(`Cannot fetch ${asset.path}: the site answered ${answer.status}. Reload the page.`);
  }
  const wire = await readAll(answer, onBytes);
  const bytes = await unpacked(wire, asset);
  if (!bytes) {
    throw new Error(
      `Cannot use ${asset.path}: its sha256 must be ${asset.sha256}. Reload the page; the site may have changed.`,
    );
  }
  await store?.put(url, new Response(wire)).catch(() => {}); // the disk is full: the page still works online
  return bytes;
}

/** Whether the file is already in the browser's cache. */
export async function isCached(asset: SiteAsset, base: string): Promise<boolean> {
  const store = await caches.open(STORE).catch(() => null);
  return await store?.match(new URL(asset.path, base).href) !== undefined;
}

async function readAll(
  answer: Response,
  onBytes: ((bytes: number) => void) | undefined,
): Promise<ArrayBuffer> {
  const parts: Uint8Array<ArrayBuffer>[] = [], reader = answer.body!.getReader();
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    parts.push(value!);
    onBytes?.(value!.length);
  }
  return await new Blob(parts).arrayBuffer();
}

/**
 * Unpacks the gzip, unless a server has already done so, and checks the content; null if it is not the expected file.
 */
async function unpacked(
  wire: ArrayBuffer,
  { sha256, bytes }: SiteAsset,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const head = new Uint8Array(wire, 0, Math.min(2, wire.byteLength));
  const packed = wire.byteLength !== bytes && head[0] === 0x1f && head[1] === 0x8b;
  try {
    const plain = packed
      ? await new Response(new Blob([wire]).stream().pipeThrough(new DecompressionStream("gzip")))
        .arrayBuffer()
      : wire;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", plain));
    const got = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return got === sha256 ? new Uint8Array(plain) : null;
  } catch {
    return null; // truncated
  }
}
