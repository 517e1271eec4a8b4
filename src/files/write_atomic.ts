/** Folder and file name of a path. */
function splitPath(path: string): { folder: string; name: string } {
  const at = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return { folder: at < 0 ? "." : path.slice(0, at) || "/", name: path.slice(at + 1) };
}

/** Syncs a folder, so that its directory entries are on the disk. Windows has no such call and does not need it. */
export async function syncFolder(folder: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  using handle = await Deno.open(folder, { read: true });
  await handle.sync();
}

/** Options of {@linkcode writeAtomic}. */
export interface WriteAtomicOptions {
  /**
   * Wait until file and folder are on the disk. Otherwise a power failure may lose the content. Use false for many
   * files that can be recreated, and sync their folder once at the end. @default {true}
   */
  sync?: boolean;
  /** Permission bits of the new file. @default {0o644} */
  mode?: number;
  /**
   * Unique name of this process, if others may write the same file at the same time, possibly on other machines. It
   * becomes part of the temporary file's name, which is otherwise fixed.
   */
  writer?: string;
}

/** Number of characters after which collected pieces of text are encoded and written. */
const CHUNK_CHARACTERS = 1 << 20;

/**
 * Yields the content as bytes. Pieces of text are collected until they have about a million characters, because few
 * large writes are faster.
 */
async function* piecesOf(content: Uint8Array | string | AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  if (content instanceof Uint8Array) return yield content;
  if (typeof content === "string") return yield encoder.encode(content);
  let collected: string[] = [], length = 0;
  for await (const text of content) {
    collected.push(text);
    if ((length += text.length) < CHUNK_CHARACTERS) continue;
    yield encoder.encode(collected.join(""));
    [collected, length] = [[], 0];
  }
  yield encoder.encode(collected.join(""));
}

/**
 * Writes a file atomically: after a crash at any moment, the path has either the old content or all of the new content
 * (after a power failure only with `sync`). The content is written under a temporary name and synced, the file is
 * renamed, and its folder is synced. Content that comes in pieces is never held in memory as a whole. The temporary
 * name depends only on the path and `writer`, so the next run overwrites what a killed run left behind. Errors of the
 * operating system keep their `code` (ENOSPC, EROFS, ...), and their message names the file.
 */
export async function writeAtomic(
  path: string,
  content: Uint8Array | string | AsyncIterable<string>,
  { sync = true, mode = 0o644, writer }: WriteAtomicOptions = {},
): Promise<void> {
  const { folder, name } = splitPath(path);
  const part = `${folder}/.${name}${writer === undefined ? "" : `.${writer}`}.part`;
  try {
    {
      // Blocking calls take microseconds for a small file; an iteration of the event loop takes ten times as long.
      using file = Deno.openSync(part, { write: true, create: true, truncate: true, mode });
      for await (const bytes of piecesOf(content)) {
        let rest = bytes;
        while (rest.length > 0) rest = rest.subarray(file.writeSync(rest));
      }
      if (sync) await file.sync();
    }
    Deno.renameSync(part, path);
    if (sync) await syncFolder(folder);
  } catch (error) {
    await Deno.remove(part).catch(() => {}); // do not leave a partial file on a full disk
    if (error instanceof Error && !error.message.includes(path)) {
      error.message = `Cannot write ${path}: ${error.message}`;
    }
    throw error;
  }
}
