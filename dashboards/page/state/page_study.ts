import type { PageData, PictureSpan, StudyRecord } from "../../page_data.ts";

/** Names of the picture sets. */
export type PictureKind = "crops" | "reconstructions" | "residuals" | "counterfactuals";

/** The study as the views read it. Heads are numbered 0 to n - 1. */
export interface PageStudy extends Omit<PageData, "numbers" | "texts" | "latents"> {
  readonly study: StudyRecord;
  /** Grades present, in order. */
  readonly grades: readonly number[];
  readonly grade: Int32Array; // [n]
  readonly latents: Float64Array; // [n, d]
  /** A numeric column; NaN throughout where the study has none of that name. // [n] */
  number(name: string): Float64Array;
  /** A text column; empty where the study has none of that name. // [n] */
  text(name: string): readonly string[];
  /** Address of a head's picture, or null where the page holds none. */
  picture(kind: PictureKind, head: number): string | null;
  /** Address of a picture by its path in the study, or null. */
  named(path: string): string | null;
}

/** Unpacks the page's JSON block; pictures stay text until they are asked for. */
export function pageStudy(data: PageData, pictures: () => string): PageStudy {
  const numbers = new Map<string, Float64Array>();
  const texts = new Map<string, readonly string[]>();
  const nothing = new Float64Array(data.n).fill(NaN);
  const silence = new Array<string>(data.n).fill("");
  const number = (name: string) => {
    if (!numbers.has(name) && Object.hasOwn(data.numbers, name)) {
      numbers.set(name, new Float64Array(bytesOf(data.numbers[name]).buffer));
    }
    return numbers.get(name) ?? nothing;
  };
  const text = (name: string) => {
    if (!texts.has(name) && Object.hasOwn(data.texts, name)) {
      const { values, codes } = data.texts[name];
      texts.set(name, Array.from(new Uint32Array(bytesOf(codes).buffer), (code) => values[code]));
    }
    return texts.get(name) ?? silence;
  };
  const address = (span: PictureSpan | null | undefined) =>
    span ? `data:image/jpeg;base64,${pictures().slice(span[0], span[0] + span[1])}` : null;
  const grade = Int32Array.from(number("grade"));
  return {
    ...data,
    grade,
    grades: [...new Set(grade)].filter((each) => each >= 0).sort((a, b) => a - b),
    latents: Float64Array.from(new Float32Array(bytesOf(data.latents).buffer)), // [n, d]
    number,
    text,
    picture: (kind, head) => address(data.pictures[kind].spans[head]),
    named: (path) => address(Object.hasOwn(data.pictures.named, path) ? data.pictures.named[path] : null),
  };
}

/** Base64 to bytes, on a buffer of exactly their length. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const native =
    (Uint8Array as unknown as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64;
  if (native) return native.call(Uint8Array, base64);
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
