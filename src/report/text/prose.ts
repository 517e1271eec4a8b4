import { type PStyle, statedP } from "../../stats/correction/format_p.ts";

/** A number in a text, with the place it was read from. */
export interface Cited {
  /** As printed. */
  readonly text: string;
  /** File of the study. */
  readonly file: string;
  /** JSON pointer (RFC 6901) within it, or words on how it was computed from its rows. */
  readonly pointer: string;
  /** As stored. */
  readonly value: number | string;
}

/** Words and numbers in turn. */
export type Paragraph = readonly (string | Cited)[];

/** A heading and its paragraphs. */
export interface Section {
  readonly heading: string;
  readonly paragraphs: readonly Paragraph[];
  /** Numbers that are read better side by side; before the paragraphs. */
  readonly table?: { readonly columns: readonly string[]; readonly rows: readonly (readonly Paragraph[])[] };
  /** Where set, the paragraphs are folded under this line. */
  readonly folded?: string;
}

/** A paragraph from a template: `prose`${n} heads were scored``. Paragraphs may be parts of others. */
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

/** How a number is printed. */
export interface CiteOptions {
  /** Decimals. @default {none for whole numbers, 2 for others} */
  decimals?: number;
  /** As a p-value, in this journal's style. */
  p?: PStyle;
  /** As a share of 100, with this many decimals. */
  percent?: number;
}

/**
 * A reader of one file of the study: every number in a report is fetched by its place, so none can be typed.
 *
 * @throws {RangeError} (the reader) if there is nothing at the place, or a number that is not finite.
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
        `Cannot write the report: ${file} must hold a finite number at ${pointer}, got ${value}`,
      );
    }
    return { text: printed(value, options), file, pointer, value };
  };
}

/** Whether a file holds a finite number at a place. */
export function holds(root: unknown, pointer: string): boolean {
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
