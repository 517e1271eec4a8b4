import type { Draw } from "./draws.ts";
import type { Carrier } from "./patient.ts";

/** A film as the hospital's image archive stores it, unchanged. */
const NOTHING: Carrier = {
  kind: "archive",
  turnDeg: 0,
  crop: [0, 0, 0, 0],
  corners: [0, 0, 0, 0, 0, 0, 0, 0],
  beyond: 0,
  smallPx: 0,
  quality: 0,
  vignette: 0,
  glare: [0, 0.5, 0.5, 0.3],
  haze: 0,
  defocus: 0,
  moire: [0, 5, 0],
  dust: 0,
  scratches: 0,
  grain: 0,
};

/**
 * Draws how the image reached the reader: for `paper` always unchanged from the image archive, for the other settings
 * also as an export, a scan or a photograph.
 */
export function sampleCarrier(d: Draw, setting: "paper" | "hard" | "training"): Carrier {
  if (setting === "paper") return NOTHING;
  const chance = d.prng();
  const kind = chance < 0.5 ? "archive" : chance < 0.76 ? "export" : chance < 0.88 ? "scan" : "photograph";
  const plain: Carrier = {
    ...NOTHING,
    kind,
    turnDeg: d.p(0.3) ? d.n(0, 2.5, -9, 9) : 0,
    // No quarter turns here: `augmentFilm` rotates training windows, and labels the rotated ones as without a head.
    crop: d.p(0.2) ? [d.u(0, 0.1), d.u(0, 0.1), d.u(0, 0.1), d.u(0, 0.1)] : [0, 0, 0, 0],
    beyond: d.pick([0, 0, 0, 1, 0.1, 0.5]),
  };
  if (kind === "archive") return plain;
  const packed = {
    smallPx: d.p(0.6) ? Math.round(d.u(300, 700)) : 0,
    quality: d.p(0.7) ? Math.round(d.u(25, 92)) : 0,
  };
  if (kind === "export") return { ...plain, ...packed };
  const scanned = {
    ...plain,
    ...packed,
    dust: Math.floor(d.u(0, 40) * d.prng()),
    scratches: d.p(0.4) ? 1 + d.prng.integer(6) : 0,
    grain: d.u(0, 0.04),
    haze: d.u(0, 0.12),
  };
  if (kind === "scan") return scanned;
  const far = d.u(0.01, 0.09);
  return {
    ...scanned,
    turnDeg: d.n(0, 3, -12, 12),
    crop: [d.u(-0.1, 0.06), d.u(-0.1, 0.06), d.u(-0.1, 0.06), d.u(-0.1, 0.06)],
    corners: Array.from({ length: 8 }, () => d.u(-far, far)),
    beyond: d.pick([0, 0.05, 0.9, 1]),
    vignette: d.u(0, 0.45),
    glare: d.p(0.5) ? [d.u(0.05, 0.4), d.prng(), d.prng(), d.u(0.05, 0.35)] : NOTHING.glare,
    defocus: d.p(0.5) ? d.u(0, 0.003) : 0,
    moire: d.p(0.35) ? [d.u(0.01, 0.06), d.u(2.2, 9), d.u(0, Math.PI)] : NOTHING.moire,
  };
}
