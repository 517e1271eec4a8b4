/** Ways journals print p. */
export type PStyle = "apa" | "nejm" | "lancet" | "ama" | "graphpad" | "scientific";

/** The names {@linkcode formatP} knows. */
export const P_STYLES: readonly PStyle[] = ["apa", "nejm", "lancet", "ama", "graphpad", "scientific"];

/** Options of {@linkcode formatP}. */
export interface FormatPOptions {
  /** @default {"apa"} */
  style?: PStyle;
  /** Put before the number, as in "p = .023" or "p < .001". @default none */
  symbol?: string;
}

/**
 * A p-value as journals print it; the exact value stays with the caller.
 * `apa` (7th ed. 6.36): three decimals, no leading zero, down to .001. `ama` (11th ed. 18): two decimals, three below .01 and where
 * two would round to .05, no leading zero, from .001 to .99. `nejm`: as `ama` with leading zero. `lancet`: two significant
 * figures, raised point, down to 0.0001. `graphpad`: four decimals, down to 0.0001. `scientific`: two significant figures and a
 * power of ten.
 *
 * @throws {RangeError} if p lies outside [0, 1] or the style is unknown.
 */
export function formatP(p: number, { style = "apa", symbol }: FormatPOptions = {}): string {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`Cannot print p: it lies in [0, 1], got ${p}`);
  const [sign, digits] = render(p, style);
  if (symbol === undefined) return sign === "=" ? digits : `${sign}${digits}`;
  return `${symbol} ${sign} ${digits}`;
}

type Rendered = ["=" | "<" | ">", string];

function render(p: number, style: PStyle): Rendered {
  switch (style) {
    case "apa":
      if (p < 0.001) return ["<", ".001"];
      return p > 0.999 ? [">", ".999"] : ["=", bare(p.toFixed(3))];
    case "ama": {
      const [sign, digits] = journal(p);
      return [sign, bare(digits)];
    }
    case "nejm":
      return journal(p);
    case "lancet":
      if (p < 0.0001) return ["<", "0·0001"];
      return p > 0.99 ? [">", "0·99"] : ["=", plain(p).replace(".", "·")];
    case "graphpad":
      return p < 0.0001 ? ["<", "0.0001"] : p > 0.9999 ? [">", "0.9999"] : ["=", p.toFixed(4)];
    case "scientific":
      return p === 0 ? ["<", power("5e-324")] : ["=", power(p.toExponential(1))];
    default:
      throw new RangeError(`Cannot print p: the style is one of ${P_STYLES.join(", ")}, got "${style}"`);
  }
}

function journal(p: number): Rendered {
  if (p < 0.001) return ["<", "0.001"];
  if (p > 0.99) return [">", "0.99"];
  // Two decimals must not move a p across the 5 % line.
  const crosses = Number(p.toFixed(2)) === 0.05 && Number(p.toFixed(3)) !== 0.05;
  return ["=", p < 0.01 || crosses ? p.toFixed(3) : p.toFixed(2)];
}

/** Two significant figures without a power of ten. */
function plain(p: number): string {
  return p.toFixed(Math.max(2, 1 - Math.floor(Math.log10(p))));
}

/** Without the zero before the point. */
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
