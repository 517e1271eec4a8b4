import type { Draw } from "./draws.ts";
import type { Carrier, Processing } from "./patient.ts";

/** Styles of display processing: `burnt` is overexposed, `harsh` has strong filters, `flat` has little contrast. */
const STYLES = ["plain", "plain", "modern", "modern", "modern", "harsh", "burnt", "dark", "flat"] as const;

/**
 * Draws exposure and display processing. Sites A, B and C differ in bit depth; B processes
 * frequencies less strongly than A and C.
 *
 * @param wild strength of the difficulties, as in `sampleDressing`
 */
export function sampleProcessing(
  d: Draw,
  wild: number,
  { site, carrier }: { site?: string; carrier: Carrier["kind"] },
): Processing {
  const analogue = carrier === "scan" || carrier === "photograph";
  const style = wild === 0
    ? "modern"
    : analogue
    ? d.pick(["plain", "burnt", "dark"] as const)
    : d.pick(STYLES);
  const logarithmic = d.p(0.85);
  const modern = analogue || style === "plain"
    ? 0
    : site === "A" || site === "C"
    ? 0.8
    : site === "B"
    ? 0.35
    : style === "harsh"
    ? 1
    : d.u(0, 1);
  const harsh = style === "harsh",
    flat = style === "flat",
    burnt = style === "burnt",
    dark = style === "dark";
  return {
    exposure: 10 ** (d.u(4.1, 5.4) - (d.p(0.15 * wild) ? d.u(0.5, 1.8) : 0)),
    kiloVolt: d.u(65, 85),
    scatter: d.u(0.05, 0.5) + (d.p(0.2 * wild) ? d.u(0, 0.8) : 0),
    scatterMm: d.u(20, 45),
    heel: d.u(-0.12, 0.12) * (1 + wild),
    heelAcross: d.u(-0.06, 0.06) * (1 + 2 * wild),
    blurMm: d.u(0.12, 0.4) + (d.p(0.15 * wild) ? d.u(0.2, 1) : 0) + (analogue ? d.u(0, 0.3) : 0),
    logarithmic,
    gamma: d.u(0.3, 0.65),
    compress: Math.min(0.92, modern * d.u(0.35, harsh ? 0.95 : 0.9)),
    compressMm: d.u(12, 60),
    middle: modern * (d.p(0.6) ? d.u(0, harsh ? 1.6 : 0.7) : 0),
    middleMm: d.u(4, 14),
    edge: d.p(0.25 + 0.5 * modern) ? d.u(0.2, harsh ? 3 : 1.6) : 0,
    edgeMm: 10 ** d.u(-0.3, 0.6),
    limit: 10 ** d.u(-1.2, 0.3),
    bodyWindow: d.p(0.8),
    lowQuantile: dark ? d.u(0.1, 0.45) : d.u(0.002, 0.14),
    highQuantile: d.u(burnt ? 0.9 : 0.985, burnt ? 0.97 : 1),
    headroom: burnt ? 0 : d.u(0, 0.35),
    floor: flat ? d.u(0, 0.35) : d.u(0, 0.04),
    ceiling: flat ? d.u(0.6, 1) : d.u(0.93, 1),
    curve: d.u(0, 1),
    sigmoid: wild > 0 && (analogue || d.p(0.3)) ? d.u(2, burnt ? 4 : 7) : 0,
    gain: Math.exp(d.n(burnt ? 0.15 : 0, wild ? 0.33 : 0.14, burnt ? -0.3 : -0.8, 0.8)),
    equalise: d.p((harsh ? 0.3 : 0.08) * wild) ? d.u(0.3, 1) : 0,
    local: d.p((harsh ? 0.5 : 0.08) * wild) ? d.u(0.3, 1) : 0,
    localMm: d.u(30, 110),
    localClip: d.u(1.5, 5),
    bits: site === "B" ? 8 : site === "C" ? 10 : site === "A" ? 12 : d.pick([8, 10, 12, 12, 14, 16]),
    inverted: d.p(0.04 * wild),
  };
}
