import { dirname, resolve, sep } from "node:path";
import type { CohortRow } from "../types.ts";
import { InputError } from "../input_error.ts";

/** Converts names to ids that cannot be reversed without the key. */
export interface KeyedIds {
  /** Id of a text of a kind, such as `patient`: 16 hexadecimal digits of an HMAC-SHA-256. */
  id(kind: "patient" | "film" | "head", text: string): Promise<string>;
}

/** Options of {@linkcode openKey}. */
export interface KeyOptions {
  /** Output folder; the key file must not be inside it. @default {undefined}: not checked */
  output?: string;
}

/**
 * Opens the key file, or creates one of 32 random bytes that only its owner can read (mode 0600).
 * With the same key a patient has the same id in every study; without the key, no name can be recovered from an id.
 *
 * @throws {InputError} if the file is inside the output folder, is readable by others, or is not 32 bytes long.
 */
export async function openKey(path: string, { output }: KeyOptions = {}): Promise<KeyedIds> {
  if (output !== undefined && `${await realPath(path)}${sep}`.startsWith(`${await realPath(output)}${sep}`)) {
    throw new InputError(
      "Cannot use the key file: it is inside the output folder, which may be shared",
      { fix: "move it elsewhere, or name another with --key" },
    );
  }
  if (!await Deno.stat(path).then(() => true, () => false)) await makeKey(path);
  const { mode } = await Deno.stat(path), bytes = await Deno.readFile(path);
  if (mode !== null && (mode & 0o077) !== 0) {
    throw new InputError(
      `Cannot use the key file: other users can read it (mode ${(mode & 0o777).toString(8)})`,
      { fix: "run chmod 600 on it" },
    );
  }
  if (bytes.length !== 32) {
    throw new InputError(`Cannot use the key file: it must be exactly 32 bytes long, got ${bytes.length}`, {
      fix: "restore the key that made the earlier ids, or name another with --key",
    });
  }
  return await keyedIds(bytes);
}

/**
 * Writes a new key atomically. A key that another process writes at the same time is not replaced if the file
 * system supports hard links.
 */
async function makeKey(path: string): Promise<void> {
  // Files of makeTempFile have mode 0600.
  const part = await Deno.makeTempFile({ dir: dirname(path), prefix: ".caput-key-", suffix: ".part" });
  try {
    await Deno.writeFile(part, crypto.getRandomValues(new Uint8Array(32)));
    // A hard link, unlike a rename, never replaces an existing file. On file systems without hard links the file is
    // renamed.
    await Deno.link(part, path).catch(async (error) => {
      if (!(error instanceof Deno.errors.AlreadyExists)) await Deno.rename(part, path);
    });
  } finally {
    await Deno.remove(part).catch(() => {});
  }
}

/** Makes ids with a key of 32 bytes. */
export async function keyedIds(bytes: Uint8Array<ArrayBuffer>): Promise<KeyedIds> {
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return {
    async id(kind, text) {
      const message = new TextEncoder().encode(`${kind}\n${text.normalize("NFC")}`);
      const digest = new Uint8Array(await crypto.subtle.sign("HMAC", key, message));
      return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
    },
  };
}

/**
 * Replaces the head and patient ids of a cohort by keyed ids. Paths are kept so that films can be read; they must not
 * be written to any output.
 *
 * @throws {InputError} if two heads have the same id.
 */
export async function keyCohort<T extends CohortRow>(rows: readonly T[], ids: KeyedIds): Promise<T[]> {
  const seen = new Set<string>(), keyed: T[] = [];
  for (const row of rows) {
    const headId = await ids.id("head", row.headId);
    if (seen.has(headId)) throw new InputError("Cannot make the keyed ids: two rows describe the same head");
    seen.add(headId);
    keyed.push({ ...row, headId, patient: await ids.id("patient", row.patient) });
  }
  return keyed;
}

/** The path with links resolved, or the absolute path if there is no such file. */
async function realPath(path: string): Promise<string> {
  return await Deno.realPath(path).catch(() => resolve(path));
}
