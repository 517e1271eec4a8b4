/** How journals print a p-value. */
export type PStyle = "apa" | "nejm" | "lancet" | "ama" | "graphpad" | "scientific";

/** Letter, smallest value printed, and how many decimals a value gets. */
interface Style {
  readonly letter: string;
  /** Smaller values are printed as "less than" this. */
  readonly smallest: number;
  /** Whether a zero stands before the decimal point. */
  readonly leadingZero: boolean;
  readonly decimals: (p: number) => number;
}

/** Rules as in the journals' notes for authors: APA 7 (6.36), NEJM, The Lancet, AMA 11 (18.7.1.1), GraphPad Prism. */
const STYLES: Record<Exclude<PStyle, "scientific">, Style> = {
  apa: { letter: "p", smallest: 0.001, leadingZero: false, decimals: () => 3 },
  nejm: { letter: "P", smallest: 0.001, leadingZero: true, decimals: (p) => p < 0.01 ? 3 : 2 },
  lancet: {
    letter: "p",
    smallest: 0.0001,
    leadingZero: true,
    decimals: (p) => p < 0.001 ? 4 : p < 0.1 ? 3 : 2,
  },
  ama: { letter: "P", smallest: 0.001, leadingZero: false, decimals: (p) => p < 0.01 ? 3 : 2 },
  graphpad: { letter: "P", smallest: 0.0001, leadingZero: true, decimals: () => 4 },
};

/**
 * A p-value as a journal prints it, with its letter: `p < .001`, `P=0.03`. The exact value is kept in the tables; this is for
 * the eye.
 *
 * @param p 0 to 1.
 * @param options.style @default {"apa"}
 * @throws {RangeError} if `p` is not a number from 0 to 1.
 */
export function formatP(p: number, { style = "apa" }: { style?: PStyle } = {}): string {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`Cannot print p: it is a number from 0 to 1, got ${p}`);
  if (style === "scientific") {
    if (p >= 0.001) return `p = ${p.toPrecision(2)}`;
    const [digits, power] = p.toExponential(1).split("e");
    return p === 0 ? `p < 10${raised(-300)}` : `p = ${digits}\u00d710${raised(Number(power))}`;
  }
  const { letter, smallest, leadingZero, decimals } = STYLES[style];
  const gap = style === "nejm" || style === "lancet" ? "" : " ";
  const shown = (value: number, places: number) =>
    leadingZero ? value.toFixed(places) : value.toFixed(places).replace(/^0\./, ".");
  if (p < smallest) return `${letter}${gap}<${gap}${shown(smallest, -Math.log10(smallest))}`;
  const places = decimals(p), top = 1 - 10 ** -places;
  if (p > top && p < 1) return `${letter}${gap}>${gap}${shown(top, places)}`;
  // Rounding must not turn 0.0496 into the threshold it stays below.
  const rounded = Number(p.toFixed(places));
  const kept = p < 0.05 && rounded >= 0.05 ? shown(p, places + 2) : shown(p, places);
  return `${letter}${gap}=${gap}${kept}`;
}

/** A whole number in raised digits, as in 10 to the power of it. */
function raised(power: number): string {
  return String(power).replace("-", "\u207b").replace(
    /\d/g,
    (digit) => "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"[Number(digit)],
  );
}
