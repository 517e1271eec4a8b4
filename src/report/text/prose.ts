import { type PStyle, statedP } from "../../stats/format/format_p.ts";

/** A number (or name) cited in a text, with its source. */
export interface Cited {
  /** The number or name as printed. */
  readonly text: string;
  /** File of the study that it comes from. */
  readonly file: string;
  /** JSON pointer (RFC 6901) within the file, or a description of how it was computed from the rows. */
  readonly pointer: string;
  /** Exact value as stored. */
  readonly value: number | string;
}

/** A paragraph: texts and cited numbers in order. */
export type Paragraph = readonly (string | Cited)[];

/** A heading and its paragraphs. */
export interface Section {
  readonly heading: string;
  readonly paragraphs: readonly Paragraph[];
  /** Table before the paragraphs. */
  readonly table?: { readonly columns: readonly string[]; readonly rows: readonly (readonly Paragraph[])[] };
  /** If set, the HTML page shows only this line until the reader expands the paragraphs. */
  readonly summary?: string;
}

/**
 * Template tag that makes a paragraph from texts, cited numbers and other paragraphs: `prose`${n} heads were scored``.
 */
export function prose(words: TemplateStringsArray, ...pieces: (string | Cited | Paragraph)[]): Paragraph {
  return words.flatMap((text, i) => {
    const piece = pieces[i];
    const after = piece === undefined
      ? []
      : Array.isArray(piece)
      ? piece as Paragraph
      : [piece as string | Cited];
    return [text, ...after].filter((each) => each !== "");
  });
}

/** Format of a number. */
export interface CiteOptions {
  /** Number of decimals. @default {none for whole numbers, 2 for others} */
  decimals?: number;
  /** Format as a p-value in this style. */
  p?: PStyle;
  /** Format as a percentage with this many decimals. */
  percent?: number;
}

/**
 * Returns a function that reads numbers and texts from one file of the study by JSON pointer. Every number of a report
 * is read this way or made by `counted`.
 *
 * @throws {RangeError} (the returned function) if the value at the pointer is neither a text nor a finite number, or is a
 * text that should be formatted as a p-value.
 */
export function citer(file: string, root: unknown): (pointer: string, options?: CiteOptions) => Cited {
  return (pointer, options = {}) => {
    const value = pointer.split("/").slice(1).reduce<unknown>(
      (at, key) => (at as Record<string, unknown> | undefined)?.[key],
      root,
    );
    if (typeof value === "string" && options.p === undefined) return { text: value, file, pointer, value };
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw new RangeError(
        `Cannot write the report: ${file} must contain a finite number at ${pointer}, got ${value}`,
      );
    }
    return { text: printed(value, options), file, pointer, value };
  };
}

/** Whether a file contains a finite number at a JSON pointer. */
export function hasNumber(root: unknown, pointer: string): boolean {
  const value = pointer.split("/").slice(1).reduce<unknown>(
    (at, key) => (at as Record<string, unknown>)?.[key],
    root,
  );
  return typeof value === "number" && Number.isFinite(value);
}

function printed(value: number, { decimals, p, percent }: CiteOptions): string {
  if (p !== undefined) return statedP(value, { style: p });
  if (percent !== undefined) return `${(100 * value).toFixed(percent)} %`;
  return decimals === undefined && Number.isInteger(value) ? String(value) : value.toFixed(decimals ?? 2);
}
