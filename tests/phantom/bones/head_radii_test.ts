import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { femurSolid, HEAD_RADIUS } from "../../../src/phantom/bones/femur_solid.ts";
import { headDirection, headRadii, RINGS, SPOKES } from "../../../src/phantom/bones/head_radii.ts";

const ball = (radius: number) => (x: number, y: number, z: number) => Math.hypot(x, y, z) - radius;

Deno.test("headRadii follows a surface inside the sphere and up to 0.5 mm outside it", () => {
  for (const radius of [20, 23.3, HEAD_RADIUS, HEAD_RADIUS + 0.5]) {
    for (const r of headRadii(ball(radius))) assert(Math.abs(r - radius) < 1e-4, `${r} for ${radius}`);
  }
});

Deno.test("headRadii is the sphere's radius where the bone extends far beyond the sphere", () => {
  for (const r of headRadii(ball(60))) assertEquals(r, HEAD_RADIUS);
});

Deno.test("headRadii changes continuously while a surface grows through the sphere", () => {
  const at = (radius: number) => headRadii(ball(radius))[0];
  for (let radius = 23; radius < 27; radius += 0.05) {
    assert(Math.abs(at(radius + 0.05) - at(radius)) < 0.06, `a step at ${radius.toFixed(2)} mm`);
  }
});

for (const subjects of ["training", "held-out"] as const) {
  Deno.test(`headRadii of ${subjects} femora are inside the bone`, () => {
    for (let index = 0; index < 4; index++) {
      const { solid } = femurSolid(seededPrng(1000 + index).fork("femur"), subjects),
        radii = headRadii(solid);
      let undercut = 0;
      for (let ring = 0, k = 0; ring <= RINGS; ring++) {
        for (let spoke = 0; spoke < SPOKES; spoke++, k++) {
          const [x, y, z] = headDirection(ring, spoke), inside = radii[k] - 0.3;
          assert(solid(inside * x, inside * y, inside * z) < 0.2, `direction ${x}, ${y}, ${z}`);
          if (radii[k] < HEAD_RADIUS - 2) undercut++;
        }
      }
      assert(undercut > 10, "a real head must be inside its sphere in some directions");
    }
  });
}
