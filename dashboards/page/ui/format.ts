/** Numbers as the page prints them. */
import { formatP, type PStyle } from "../../../src/stats/format/format_p.ts";

const WHOLE = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** A whole number with separators, such as 1,818. */
export function count(value: number): string {
  return WHOLE.format(value);
}

/** A number with fixed decimals and a minus sign (not a hyphen), or an en dash if it is missing. */
export function fixed(value: number | null | undefined, decimals = 2): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "\u2013";
  return value.toFixed(decimals).replace("-", "\u2212");
}

/** [low, high] */
export function interval(range: readonly number[] | null | undefined, decimals = 2): string {
  return range && range.length === 2 ? `[${fixed(range[0], decimals)}, ${fixed(range[1], decimals)}]` : "";
}

/** p in the usual journal styles, with stars in the style of GraphPad Prism; an en dash if p is missing or invalid. */
export function printP(p: number | null | undefined, style = "plain"): string {
  if (p === null || p === undefined || !(p >= 0 && p <= 1)) return "\u2013";
  const text = formatP(p, { style: style as PStyle }).replace(/^[<>]/, "$& ");
  return style === "graphpad" ? text + stars(p) : text;
}

function stars(p: number): string {
  return p < 0.0001 ? " ****" : p < 0.001 ? " ***" : p < 0.01 ? " **" : p < 0.05 ? " *" : " ns";
}

/** The median of the values; NaN if there are none. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length === 0 ? NaN : sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** A printed p after "=", such as "= 0.012"; a printed p that already begins with "<" or ">" is unchanged. */
export function withSign(p: string): string {
  return /^[<>]/.test(p) ? p : `= ${p}`;
}
