import type { Prng } from "../../array/seeded_prng.ts";
import type { Patient } from "../patient/patient.ts";
import { pelvisCups } from "../bones/pelvis.ts";

/**
 * Cortical thickness of the pelvis, mm, at each point: thin over the iliac wing and in the socket, thick at the
 * socket's weight-bearing roof (the sourcil), along the pelvic brim and in the pubic and ischial rami. The ranges are
 * assumed.
 */
export function pelvicCortex(
  prng: Prng,
  patient: Patient,
): (bone: "left" | "right" | "sacrum", x: number, y: number, z: number) => number {
  const u = (lo: number, hi: number) => lo + (hi - lo) * prng();
  const cups = pelvisCups(patient.bones, patient.pelvisShape);
  const wing = u(0.6, 1.1), socket = u(0.5, 0.9), branch = u(1, 1.7), brim = u(0, 1.2);
  const roof = u(0.6, 2.4), middle = u(-0.15, 0.45), spread = u(0.35, 0.7), sacral = u(0.45, 0.8);
  return (bone, x, y, z) => {
    if (bone === "sacrum") return sacral;
    const { center: [cx, cy, cz], radiusMm } = cups[bone], side = bone === "left" ? 1 : -1;
    const a = side * (x - cx), b = y - cy, c = z - cz, r = Math.hypot(a, b, c);
    if (r < radiusMm + 3) {
      const angle = Math.atan2(a, -b);
      return socket +
        roof * Math.exp(-(((angle - middle) / spread) ** 2)) * Math.max(0, 1 - Math.abs(c) / 26);
    }
    const inner = Math.exp(-(((a + radiusMm + 6) / 8) ** 2)) *
      Math.max(0, Math.min(1, (60 - Math.abs(b)) / 30));
    const low = Math.max(0, Math.min(1, (b - 5) / 25));
    return wing + (branch - wing) * low + brim * inner;
  };
}
