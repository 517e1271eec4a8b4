/** Numbers as the page prints them. */

const WHOLE = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** 1,818 */
export function count(value: number): string {
  return WHOLE.format(value);
}

/** A number with fixed decimals and a true minus, or an en dash where it is missing. */
export function fixed(value: number | null | undefined, decimals = 2): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "\u2013";
  return value.toFixed(decimals).replace("-", "\u2212");
}

/** [low, high] */
export function interval(range: readonly number[] | null | undefined, decimals = 2): string {
  return range && range.length === 2 ? `[${fixed(range[0], decimals)}, ${fixed(range[1], decimals)}]` : "";
}

/** p in the journals' usual ways. */
export function printP(p: number | null | undefined, style = "plain"): string {
  if (p === null || p === undefined || !(p >= 0 && p <= 1)) return "\u2013";
  if (p > 0.995 && style !== "scientific" && style !== "graphpad") {
    return style === "apa" || style === "ama" ? "> .99" : "> 0.99";
  }
  const bare = (text: string) => text.replace(/^0\./, ".");
  if (style === "apa") return p < 0.001 ? "< .001" : bare(p.toFixed(3));
  if (style === "ama") return p < 0.001 ? "< .001" : bare(p.toFixed(p < 0.01 ? 3 : 2));
  if (style === "nejm" || style === "lancet") {
    const text = p < 0.001 ? "< 0.001" : p.toFixed(p < 0.01 ? 3 : 2);
    return style === "lancet" ? text.replace("0.", "0\u00b7") : text;
  }
  if (style === "graphpad") return (p < 0.0001 ? "< 0.0001" : p.toFixed(4)) + stars(p);
  if (style === "scientific") {
    return p.toExponential(2).replace("e-", " \u00d7 10^\u2212").replace("e+", " \u00d7 10^");
  }
  return p < 0.001 ? "< 0.001" : p.toFixed(3);
}

function stars(p: number): string {
  return p < 0.0001 ? " ****" : p < 0.001 ? " ***" : p < 0.01 ? " **" : p < 0.05 ? " *" : " ns";
}

/** The middle of the values, or NaN. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length === 0 ? NaN : sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
