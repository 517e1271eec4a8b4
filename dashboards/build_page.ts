import { MANY_HEADS } from "./many_heads.ts";
import type { CodedText, PageData } from "./page_data.ts";
import { pageHtml } from "./page_html.ts";
import { packPictures } from "./pack_pictures.ts";
import { picturesOnDisk } from "./pictures_on_disk.ts";
import { readStudy, type StudyTables } from "./read_study.ts";
import { packColumn } from "./tight_column.ts";
import { InputError } from "../src/input_error.ts";

/** Options of {@linkcode buildPage}. */
export interface BuildPageOptions {
  /**
   * Intended maximum size of the HTML file in bytes. Images of heads that do not fit are omitted; the data and all
   * other images are always included, so the file can be larger. @default {12_000_000}
   */
  maxBytes?: number;
  /**
   * True if the page is served: with more than {@linkcode MANY_HEADS} heads, the server then sends images of heads on
   * request. @default {false}
   */
  served?: boolean;
}

/** Columns that keep full precision even in large studies. */
const EXACT = ["distance", "percentile", "percentile_low", "percentile_high", "residual", "combined"];

/** Bytes that are not used for images, in case the size of the data is underestimated. */
const SPARE_BYTES = 40_000;

/**
 * Builds one HTML file that shows a study. The file contains code, style, data and images and uses no network. Images
 * of heads that would make the file larger than `maxBytes` are omitted, those of healthy training heads first, and the
 * page states how many heads have no images. A page of more than {@linkcode MANY_HEADS} heads contains no images of
 * heads and says that a served page shows them.
 *
 * @throws {Deno.errors.NotFound} if the folder or one of its tables is missing.
 * @throws {InputError} if a table has no rows, a head id repeats or is missing from a table, a required number is not
 * finite, or study.json is missing or lacks the reference or the cohort.
 * @throws {SyntaxError} if a JSON file of the study is malformed.
 */
export async function buildPage(studyDir: string, options: BuildPageOptions = {}): Promise<string> {
  const { data, pictures } = await build(studyDir, options);
  return await pageHtml(data, pictures);
}

/** The contents of a page before they are written as one file. */
export interface BuiltPage {
  readonly data: PageData;
  /** The data as JSON. */
  readonly json: string;
  /** All images as one base64 text; `data.pictures` has their positions in it. */
  readonly pictures: string;
  /** File name of each head's images; empty if the head has none. // [n] */
  readonly files: readonly string[];
}

/** Reads and packs a study. `buildPage` writes the result as one file; the server sends it in parts. */
export async function build(studyDir: string, options: BuildPageOptions = {}): Promise<BuiltPage> {
  return await (await openStudy(studyDir, options))();
}

/** Reads and checks a study. The returned function packs its images, which takes seconds for thousands of heads. */
export async function openStudy(
  studyDir: string,
  options: BuildPageOptions = {},
): Promise<() => Promise<BuiltPage>> {
  const tables = await readStudy(studyDir);
  const data = await packTables(tables);
  return () => pack(studyDir, { tables, data }, options);
}

async function pack(
  studyDir: string,
  { tables, data }: { tables: StudyTables; data: Omit<PageData, "pictures"> },
  { maxBytes = 12_000_000, served = false }: BuildPageOptions,
): Promise<BuiltPage> {
  const files = (tables.texts.get("crop") ?? tables.headId.map(() => ""))
    .map((path) => path.slice(path.lastIndexOf("/") + 1)); // [n]
  if (data.n > MANY_HEADS) return await packMany(studyDir, { files, data, served });
  const shell = await pageHtml({ served: true, scoring: false, dicom: false }, ""); // code, style and typefaces
  const { text, index } = await packPictures(studyDir, {
    files,
    priority: pictureOrder(tables),
    named: namedPictures(data),
    // About 60 bytes per head are needed for the positions of its images.
    budget: Math.max(
      0,
      maxBytes - SPARE_BYTES - shell.length - JSON.stringify(data).length - 60 * files.length,
    ),
  });
  const whole = { ...data, pictures: index };
  return { data: whole, json: JSON.stringify(whole), pictures: text, files };
}

/** A large study: the page contains no images of heads; if it is served, the server sends them on request. */
async function packMany(
  studyDir: string,
  { files, data, served }: {
    files: readonly string[];
    data: Omit<PageData, "pictures">;
    served: boolean;
  },
): Promise<BuiltPage> {
  const { text, index } = await packPictures(studyDir, {
    files: [],
    priority: [],
    named: namedPictures(data),
    budget: Infinity,
  });
  const pictures = served
    ? {
      ...index,
      note: "PNG files of the study, sent by the server when they are shown",
      onDemand: await picturesOnDisk(studyDir, files),
    }
    : { ...index, leftOut: files.filter((file) => file).length };
  const whole = { ...data, pictures };
  return { data: whole, json: JSON.stringify(whole), pictures: text, files };
}

async function packTables(tables: StudyTables): Promise<Omit<PageData, "pictures">> {
  const { headId, numbers, texts, latents, d, json, failures } = tables;
  const study = json.study as PageData["study"] | null;
  if (!study?.reference || !study.cohort) {
    throw new InputError(
      "Cannot build the page: study.json must name its reference and cohort; run the study again",
    );
  }
  const packed = {
    version: 1 as const,
    n: headId.length,
    d,
    headId,
    numbers: Object.fromEntries(
      [...numbers].map(([name, values]) => [
        name,
        headId.length > MANY_HEADS ? packColumn(values, { rounded: !EXACT.includes(name) }) : base64(values),
      ]),
    ),
    texts: Object.fromEntries(
      [...texts].filter(([name]) => name !== "crop").map(([name, t]) => [name, coded(t)]),
    ),
    latents: base64(Float32Array.from(latents)), // [n, d]
    study: withoutHashes(study),
    normative: json.normative as PageData["normative"],
    comparisons: json.comparisons,
    progression: json.progression as PageData["progression"],
    directions: (json.directions as { directions: PageData["directions"] } | null)?.directions ?? null,
    teaching: json.teaching as PageData["teaching"],
    failures,
  };
  const bytes = new TextEncoder().encode(packed.latents + JSON.stringify([packed.headId, packed.numbers]));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { ...packed, dataId: hash.slice(0, 4).toHex() };
}

/** The study record without its hashes of files: the page does not use them, and they can take half a megabyte. */
function withoutHashes(study: PageData["study"]): PageData["study"] {
  const { hashes: _, ...rest } = study as PageData["study"] & { hashes?: unknown };
  return rest;
}

function base64(values: Float64Array | Float32Array | Uint32Array): string {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength).toBase64();
}

/** Stores each distinct text once, and one index per head. */
function coded(texts: readonly string[]): CodedText {
  const codes = new Map<string, number>();
  for (const text of texts) if (!codes.has(text)) codes.set(text, codes.size);
  return { values: [...codes.keys()], codes: base64(Uint32Array.from(texts, (text) => codes.get(text)!)) };
}

/** Indices of the heads: diseased heads first, then the others: held-out, validation, and last training heads. */
function pictureOrder({ headId, numbers, texts }: StudyTables): number[] {
  const grade = numbers.get("grade")!;
  const split = texts.get("split") ?? [];
  const rank = (
    i: number,
  ) => (grade[i] > 0 ? 0 : split[i] === "held-out" ? 1 : split[i] === "validation" ? 2 : 3);
  return headId.map((_, i) => i).sort((a, b) => rank(a) - rank(b) || a - b);
}

function namedPictures({ progression, directions, teaching }: Omit<PageData, "pictures">): string[] {
  return [
    ...(progression?.frames ?? []).map((frame) => frame.image),
    ...(directions ?? []).flatMap(({ minus, plus }) => [minus, plus]),
    ...(teaching?.frames ?? []).flatMap(({ image, difference }) => [image, difference]),
  ].filter((path) => /^(progression|directions|teaching)\/[\w.-]+$/.test(path));
}
