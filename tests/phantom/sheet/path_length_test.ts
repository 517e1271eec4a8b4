import { assert, assertClose } from "@std/assert";
import { meshSolid } from "../../../src/phantom/bones/mesh.ts";
import { addPathLength, sheet } from "../../../src/phantom/sheet/path_length.ts";
import { ball, chain, cut } from "../../../src/phantom/bones/solid.ts";

const mesh = meshSolid(ball(0, 0, 0, 20), { box: [[-26, -26, -26], [26, 26, 26]], cortex: () => 1 });
const project = (positions: Float32Array, scale: number, shift = 0) =>
  positions.map((v, i) => i % 3 === 2 ? v : v * scale + 50 + shift * (i % 3));

Deno.test("path lengths through a sphere equal its chords", () => {
  const film = sheet(101, 101);
  addPathLength(film, project(mesh.positions, 2), mesh.triangles);
  for (const [x, y] of [[50, 50], [60, 50], [50, 30], [70, 65]]) {
    const r2 = ((x - 50) / 2) ** 2 + ((y - 50) / 2) ** 2;
    assertClose(film.values[y * 101 + x], 2 * Math.sqrt(400 - r2), { absolute: 0.3 });
  }
});

Deno.test("path lengths through a drilled ball: 0 in the hole and never negative, both within 0.01 mm, and the correct volume", () => {
  const film = sheet(101, 101), shape = cut(ball(0, 0, 0, 20), chain([[0, 0, -30, 8], [0, 0, 30, 8]]), 1);
  const ring = meshSolid(shape, { box: [[-26, -26, -26], [26, 26, 26]], cortex: () => 1 });
  addPathLength(film, project(ring.positions, 2, 0.37), ring.triangles);
  let volume = 0;
  for (const v of film.values) {
    assert(v > -1e-2, `a ray of ${v} mm`);
    volume += v / 4;
  }
  assert(film.values[50 * 101 + 50] < 1e-2, "the path through the hole must be 0");
  // Volume of a ball of radius 20 without a cylinder of radius 8 through its centre.
  assertClose(volume, 4 / 3 * Math.PI * (400 - 64) ** 1.5, { relative: 0.02 });
});

Deno.test("a mirrored surface with sign -1 gives the mirrored film", () => {
  const a = sheet(101, 101), b = sheet(101, 101), points = project(mesh.positions, 2);
  addPathLength(a, points, mesh.triangles);
  addPathLength(b, points.map((v, i) => i % 3 === 0 ? 100 - v : v), mesh.triangles, -1);
  for (let y = 0; y < 101; y += 5) {
    for (let x = 5; x < 96; x += 5) {
      assertClose(b.values[y * 101 + 100 - x], a.values[y * 101 + x], { absolute: 0.4 });
    }
  }
});
