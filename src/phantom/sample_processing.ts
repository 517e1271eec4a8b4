import type { Draw } from "./draws.ts";
import type { Processing } from "./patient.ts";

/** Exposure and display processing; sites differ in bits and in how modern their processing is. */
export function sampleProcessing(d: Draw, wild: number, site?: string): Processing {
  const logarithmic = d.p(0.85);
  const flat = d.p(0.25 * wild), burnt = d.p(0.25 * wild);
  const modern = site === "A" || site === "C" ? 0.8 : site === "B" ? 0.35 : d.u(0, 1);
  return {
    exposure: 10 ** (d.u(4.1, 5.4) - (d.p(0.15 * wild) ? d.u(0.5, 1.8) : 0)),
    kiloVolt: d.u(65, 85),
    scatter: d.u(0.05, 0.5) + (d.p(0.2 * wild) ? d.u(0, 0.8) : 0),
    scatterMm: d.u(20, 45),
    heel: d.u(-0.12, 0.12),
    blurMm: d.u(0.12, 0.4) + (d.p(0.15 * wild) ? d.u(0.2, 1) : 0),
    logarithmic,
    gamma: d.u(0.3, 0.65),
    compress: Math.min(0.92, modern * d.u(0.35, 1.1)),
    compressMm: d.u(15, 60),
    edge: d.p(0.25 + 0.5 * modern) ? d.u(0.2, 1.8) : 0,
    edgeMm: d.u(0.6, 4),
    bodyWindow: d.p(0.8),
    lowQuantile: d.u(0.002, 0.14),
    highQuantile: d.u(burnt ? 0.94 : 0.985, 1),
    headroom: burnt ? 0 : d.u(0, 0.35),
    floor: flat ? d.u(0, 0.35) : d.u(0, 0.04),
    ceiling: flat ? d.u(0.6, 1) : d.u(0.93, 1),
    curve: d.u(0, 1),
    gain: Math.exp(d.n(0, wild ? 0.25 : 0.14, -0.7, 0.7)),
    bits: site === "B" ? 8 : site === "C" ? 10 : site === "A" ? 12 : d.pick([8, 10, 12, 12, 14, 16]),
    inverted: d.p(0.04 * wild),
  };
}
