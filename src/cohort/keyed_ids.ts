import { dirname, resolve, sep } from "node:path";
import type { CohortRow } from "../types.ts";

/** Turns names into ids that cannot be turned back without the key. */
export interface KeyedIds {
  /** Id of a text within a kind, such as `patient`: 16 hexadecimal digits of its HMAC-SHA-256. */
  id(kind: "patient" | "film" | "head", text: string): Promise<string>;
}

/** Where the key lies, and where it must not. */
export interface KeyOptions {
  /** Folder of results; the key may not lie inside it. @default {undefined} */
  output?: string;
}

/**
 * Opens the key file, making one of 32 random bytes where there is none, readable by its owner only (mode 0600).
 * With the same key the same patient has the same id in every study; without it ids tell nothing.
 *
 * @throws {RangeError} if the file lies inside the output folder, is readable by others, or is not 32 bytes long.
 */
export async function openKey(path: string, { output }: KeyOptions = {}): Promise<KeyedIds> {
  if (output !== undefined && `${await settled(path)}${sep}`.startsWith(`${await settled(output)}${sep}`)) {
    throw new RangeError(
      "Cannot use the key: it lies outside the output folder, which is meant to be shared",
    );
  }
  if (!await Deno.stat(path).then(() => true, () => false)) await makeKey(path);
  const { mode } = await Deno.stat(path), bytes = await Deno.readFile(path);
  if (mode !== null && (mode & 0o077) !== 0) {
    throw new RangeError(
      `Cannot use the key: its owner alone may read it (mode 0600), got ${
        (mode & 0o777).toString(8)
      }; chmod 600 mends it`,
    );
  }
  if (bytes.length !== 32) throw new RangeError(`Cannot use the key: it has 32 bytes, got ${bytes.length}`);
  return await keyedIds(bytes);
}

/** Makes a key that is there whole or not at all, whatever ends the process meanwhile; one that came first is kept. */
async function makeKey(path: string): Promise<void> {
  // Its owner alone may read what makeTempFile makes (mode 0600).
  const part = await Deno.makeTempFile({ dir: dirname(path), prefix: ".caput-key-", suffix: ".part" });
  try {
    await Deno.writeFile(part, crypto.getRandomValues(new Uint8Array(32)));
    // A link, unlike a rename, replaces nothing; some file systems have none.
    await Deno.link(part, path).catch(async (error) => {
      if (!(error instanceof Deno.errors.AlreadyExists)) await Deno.rename(part, path);
    });
  } finally {
    await Deno.remove(part).catch(() => {});
  }
}

/** Ids under a key of 32 bytes. */
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
 * The cohort with keyed head and patient ids; paths stay, as films must still be found, and must not be written out.
 *
 * @throws {RangeError} if two heads come to the same id.
 */
export async function keyCohort<T extends CohortRow>(rows: readonly T[], ids: KeyedIds): Promise<T[]> {
  const seen = new Set<string>(), keyed: T[] = [];
  for (const row of rows) {
    const headId = await ids.id("head", row.headId);
    if (seen.has(headId)) throw new RangeError("Cannot key the cohort: two rows are the same head");
    seen.add(headId);
    keyed.push({ ...row, headId, patient: await ids.id("patient", row.patient) });
  }
  return keyed;
}

async function settled(path: string): Promise<string> {
  return await Deno.realPath(path).catch(() => resolve(path));
}
