import { joinBytes } from "../../array/join_bytes.ts";
import type { Layout } from "../graph/layout.ts";
import type { Arrays } from "./recipe.ts";

/** State of a training run between two steps. */
export interface Checkpoint {
  /** Number of steps done. */
  readonly step: number;
  /** sha256 of the options that must be unchanged when a run is resumed. */
  readonly fingerprint: string;
  readonly layout: Layout;
  /**
   * Options that the user gave, by their name on the command line. They are compared when a run is resumed, before the
   * films are read.
   */
  readonly options?: TrainingOptions;
  /** Scores and other facts that the trainer needs to continue; plain JSON. */
  readonly memory: TrainingMemory;
  /** State vectors by name. */
  readonly vectors: Arrays;
}

/** Options of a training by their name on the command line; null if an option was not given. */
export type TrainingOptions = Readonly<Record<string, string | number | null>>;

/** What the trainer needs to continue, in addition to the state vectors. */
export interface TrainingMemory {
  readonly firstLoss: number | null;
  readonly bestScore: number | null;
  readonly bestStep: number;
  /** Validations since the best one. */
  readonly badValidations: number;
  /** Losses of the last 50 steps; their mean is reported. */
  readonly recentLosses: readonly number[];
  readonly history: readonly HistoryRow[];
}

/** One validation of a run. */
export interface HistoryRow {
  /** Step after which the validation was run. */
  readonly step: number;
  /** Mean training loss of the last 50 steps before the validation. */
  readonly loss: number;
  /** Validation score; smaller is better. */
  readonly score: number;
}

const MAGIC = "CAPUTCK1";

/**
 * Writes a checkpoint atomically (temporary file, sync, rename), so the file is always either the old or the new one.
 * File layout: 8 bytes of magic, uint32 length of a JSON header (little-endian), the header, then the vectors as
 * float32.
 */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { vectors, ...rest } = checkpoint;
  const names = Object.keys(vectors);
  const bytes = names.map((name) => bytesOf(vectors[name]));
  const header = new TextEncoder().encode(JSON.stringify({
    ...rest,
    vectors: names.map((name) => ({ name, length: vectors[name].length })),
    sha256: await sha256Of(bytes),
  }));
  const start = new Uint8Array(12);
  start.set(new TextEncoder().encode(MAGIC));
  new DataView(start.buffer).setUint32(8, header.length, true);
  const temporary = `${path}.tmp`;
  const file = await Deno.open(temporary, { write: true, create: true, truncate: true });
  try {
    for (const part of [start, header, ...bytes]) await writeAll(file, part);
    await file.sync();
  } finally {
    file.close();
  }
  await Deno.rename(temporary, path);
}

/**
 * Reads a checkpoint.
 *
 * @throws {SyntaxError} if the file is not a complete checkpoint, and {Deno.errors.NotFound} if there is none.
 */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  const bytes = await Deno.readFile(path);
  const refuse = (why: string) => new SyntaxError(`Cannot read the checkpoint ${path}: ${why}`);
  if (bytes.length < 12 || new TextDecoder().decode(bytes.subarray(0, 8)) !== MAGIC) {
    throw refuse(`the file must start with ${MAGIC}, but its ${bytes.length} bytes do not`);
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  if (bytes.length < 12 + length) {
    throw refuse(`its header must have ${length} bytes, got ${bytes.length - 12}`);
  }
  const { vectors: shapes, sha256, ...rest } = JSON.parse(
    new TextDecoder().decode(bytes.subarray(12, 12 + length)),
  );
  let at = 12 + length;
  const vectors: Arrays = {};
  for (const { name, length } of shapes as { name: string; length: number }[]) {
    if (bytes.length < at + 4 * length) {
      throw refuse(`"${name}" must have ${length} numbers, but the file ends earlier`);
    }
    vectors[name] = new Float32Array(bytes.slice(at, at += 4 * length).buffer);
  }
  const actual = await sha256Of(Object.values(vectors).map(bytesOf));
  if (actual !== sha256) throw refuse(`the sha256 of its numbers must be ${sha256}, got ${actual}`);
  return { ...rest, vectors };
}

/** sha256 of the concatenated parts, as hexadecimal digits. */
export async function sha256Of(parts: readonly Uint8Array[]): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", joinBytes(parts)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const bytesOf = (a: Float32Array) => new Uint8Array(a.buffer as ArrayBuffer, a.byteOffset, a.byteLength);

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}
