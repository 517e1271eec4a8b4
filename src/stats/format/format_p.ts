import { InputError } from "../../input_error.ts";

/** Styles of a printed p-value; see {@linkcode formatP}. */
export type PStyle = "plain" | "apa" | "nejm" | "lancet" | "ama" | "graphpad" | "scientific";

/** The styles that {@linkcode formatP} accepts. */
export const P_STYLES: readonly PStyle[] = [
  "plain",
  "apa",
  "nejm",
  "lancet",
  "ama",
  "graphpad",
  "scientific",
];

/** Options of {@linkcode formatP}. */
export interface FormatPOptions {
  /** How p is printed. @default {"apa"} */
  style?: PStyle;
  /** Symbol in front, as in "p = .023" or "p < .001". @default none */
  symbol?: string;
}

/**
 * Formats a p-value as journals print it; values beyond the limits of a style have the sign < or >. A value below 0.05
 * is never rounded up to 0.05. `plain`: three decimals, from 0.001 to 0.999. `apa` (7th ed. 6.36): the same without
 * leading zero. `ama` (11th ed. 18): two decimals, three below .01, no leading zero, from .001 to .99. `nejm`: as `ama`
 * with leading zero. `lancet`: two significant figures, raised point, from 0.0001 to 0.99. `graphpad`: four decimals,
 * from 0.0001 to 0.9999. `scientific`: two significant figures and a power of ten.
 *
 * @example
 * ```ts
 * import { formatP } from "./format_p.ts";
 * formatP(0.0234); // ".023"
 * formatP(0.00042, { style: "lancet", symbol: "p" }); // "p = 0·00042"
 * ```
 * @throws {InputError} if p is not between 0 and 1 or the style is unknown.
 */
export function formatP(p: number, { style = "apa", symbol }: FormatPOptions = {}): string {
  const [sign, digits] = render(p, style);
  if (symbol === undefined) return sign === "=" ? digits : `${sign}${digits}`;
  return `${symbol} ${sign} ${digits}`;
}

/** Styles with a capital P, and styles without spaces around the sign. */
const CAPITAL: readonly PStyle[] = ["nejm", "ama", "graphpad"], TIGHT: readonly PStyle[] = ["nejm", "lancet"];

/**
 * Formats a p-value with the letter, sign and spacing of the style: `p < .001`, `P=0.03`.
 *
 * @throws {InputError} if p is not between 0 and 1 or the style is unknown.
 */
export function statedP(p: number, { style = "apa" }: { style?: PStyle } = {}): string {
  const [sign, digits] = render(p, style), gap = TIGHT.includes(style) ? "" : " ";
  return `${CAPITAL.includes(style) ? "P" : "p"}${gap}${sign}${gap}${digits}`;
}

/** Sign and digits. */
type Rendered = ["=" | "<" | ">", string];

function render(p: number, style: PStyle): Rendered {
  if (!(p >= 0 && p <= 1)) throw new InputError(`Cannot print p: it must be between 0 and 1, got ${p}`);
  switch (style) {
    case "plain":
    case "apa": {
      const print = style === "apa" ? bare : (digits: string) => digits;
      if (p < 0.001) return ["<", print("0.001")];
      return p > 0.999 ? [">", print("0.999")] : ["=", print(belowThreshold(p, 3))];
    }
    case "ama": {
      const [sign, digits] = journal(p);
      return [sign, bare(digits)];
    }
    case "nejm":
      return journal(p);
    case "lancet":
      if (p < 0.0001) return ["<", "0·0001"];
      return p > 0.99 ? [">", "0·99"] : ["=", significant(p).replace(".", "·")];
    case "graphpad":
      if (p < 0.0001) return ["<", "0.0001"];
      return p > 0.9999 ? [">", "0.9999"] : ["=", belowThreshold(p, 4)];
    case "scientific":
      return p === 0 ? ["<", power("5e-324")] : ["=", power(exponential(p, 1))];
    default:
      throw new InputError(`Cannot print p: the style must be one of ${P_STYLES.join(", ")}, got "${style}"`);
  }
}

function journal(p: number): Rendered {
  if (p < 0.001) return ["<", "0.001"];
  return p > 0.99 ? [">", "0.99"] : ["=", belowThreshold(p, p < 0.01 ? 3 : 2)];
}

/** p with this many decimals, or with more if rounding would turn a p below 0.05 into 0.05. */
function belowThreshold(p: number, decimals: number): string {
  const text = p.toFixed(decimals);
  return p < 0.05 && Number(text) >= 0.05 && decimals < 12 ? belowThreshold(p, decimals + 1) : text;
}

/** p with two significant figures, without a power of ten. */
function significant(p: number): string {
  return belowThreshold(p, Math.max(2, 1 - Math.floor(Math.log10(p))));
}

/** p in exponential notation, with more decimals if rounding would turn a p below 0.05 into 0.05. */
function exponential(p: number, decimals: number): string {
  const text = p.toExponential(decimals);
  return p < 0.05 && Number(text) >= 0.05 && decimals < 12 ? exponential(p, decimals + 1) : text;
}

/** The digits without the zero before the decimal point. */
function bare(digits: string): string {
  return digits.replace(/^0/, "");
}

/** "1.2e-5" as 1.2 × 10⁻⁵. */
function power(text: string): string {
  const [mantissa, exponent] = text.split("e");
  if (Number(exponent) === 0) return mantissa;
  const raised = String(Number(exponent)).replace(/[-\d]/g, (c) => c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]);
  return `${mantissa} × 10${raised}`;
}
