import type { PageData, PictureKind, PictureSpan, StudyRecord } from "../../page_data.ts";
import { unpackColumn } from "../../tight_column.ts";

export type { PictureKind };

/** The study in the form that the views use. Heads are numbered 0 to n - 1. */
export interface PageStudy extends Omit<PageData, "numbers" | "texts" | "latents"> {
  readonly study: StudyRecord;
  /** Grades present, in order. */
  readonly grades: readonly number[];
  readonly grade: Int32Array; // [n]
  readonly latents: Float64Array; // [n, d]
  /** A numeric column; all NaN if the study has no such column. // [n] */
  number(name: string): Float64Array;
  /** A text column; all empty if the study has no such column. // [n] */
  text(name: string): readonly string[];
  /**
   * Address of a head's image for `showPicture`, or null if there is none. Some addresses refer to images on the
   * server.
   */
  picture(kind: PictureKind, head: number): string | null;
  /** Address of an image by its path in the study, or null if the page does not contain it. */
  named(path: string): string | null;
  /** Fetches an image that is not in the page from the page's own server; null if there is no server. */
  readonly fetchPicture: ((path: string) => Promise<Blob>) | null;
}

/** Prefix of the address of an image that the server sends on request. */
export const ON_DEMAND = "head:";

/** Unpacks the page's JSON block. Images, latent vectors and columns (except the grade) are decoded on first use. */
export function pageStudy(
  data: PageData,
  pictures: () => string,
  { fetchPicture = null }: { fetchPicture?: PageStudy["fetchPicture"] } = {},
): PageStudy {
  const numbers = new Map<string, Float64Array>();
  const texts = new Map<string, readonly string[]>();
  const noNumbers = new Float64Array(data.n).fill(NaN);
  const noTexts = new Array<string>(data.n).fill("");
  const number = (name: string) => {
    if (!numbers.has(name) && Object.hasOwn(data.numbers, name)) {
      const column = data.numbers[name];
      numbers.set(
        name,
        typeof column === "string"
          ? new Float64Array(bytesOf(column).buffer)
          : unpackColumn(column.type, bytesOf(column.data)),
      );
    }
    return numbers.get(name) ?? noNumbers;
  };
  const text = (name: string) => {
    if (!texts.has(name) && Object.hasOwn(data.texts, name)) {
      const { values, codes } = data.texts[name];
      texts.set(name, Array.from(new Uint32Array(bytesOf(codes).buffer), (code) => values[code]));
    }
    return texts.get(name) ?? noTexts;
  };
  const address = (span: PictureSpan | null | undefined) =>
    span ? `data:image/jpeg;base64,${pictures().slice(span[0], span[0] + span[1])}` : null;
  const { onDemand } = data.pictures;
  const available = new Map<PictureKind, Uint8Array>();
  const picture = (kind: PictureKind, head: number) => {
    if (!onDemand || !fetchPicture) return address(data.pictures[kind].spans[head]);
    const bits = available.get(kind) ?? bytesOf(onDemand[kind]);
    available.set(kind, bits);
    return (bits[head >> 3] >> (head & 7)) & 1 ? `${ON_DEMAND}${kind}/${head}` : null;
  };
  let latents: Float64Array | undefined;
  const grade = Int32Array.from(number("grade"));
  return {
    ...data,
    grade,
    grades: [...new Set(grade)].filter((each) => each >= 0).sort((a, b) => a - b),
    get latents() {
      return latents ??= Float64Array.from(new Float32Array(bytesOf(data.latents).buffer)); // [n, d]
    },
    number,
    text,
    picture,
    named: (path) => address(Object.hasOwn(data.pictures.named, path) ? data.pictures.named[path] : null),
    fetchPicture,
  };
}

/** Base64 to bytes, on a buffer of exactly their length. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const native =
    (Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64;
  if (native) return native.call(Uint8Array, base64);
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
