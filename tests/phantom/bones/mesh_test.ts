import { assert, assertEquals } from "@std/assert";
import { meshSolid } from "../../../src/phantom/bones/mesh.ts";
import { templateBone, TEMPLATES } from "../../../src/phantom/bones/skeleton.ts";
import { ball } from "../../../src/phantom/bones/solid.ts";

Deno.test("a meshed sphere: vertices on its surface, normals outward, depth over half the radius", () => {
  const { positions, normals, depthMm } = meshSolid(ball(3, -2, 1, 15), {
    box: [[-20, -25, -22], [26, 21, 24]],
    cortex: () => 1,
  });
  for (let i = 0; i < positions.length; i += 3) {
    const d = [positions[i] - 3, positions[i + 1] + 2, positions[i + 2] - 1], r = Math.hypot(...d);
    assert(Math.abs(r - 15) < 0.02, `a vertex is ${r} mm from the centre`);
    assert((d[0] * normals[i] + d[1] * normals[i + 1] + d[2] * normals[i + 2]) / r > 0.99);
    assert(depthMm[i / 3] > 8);
  }
});

for (const name of Object.keys(TEMPLATES) as (keyof typeof TEMPLATES)[]) {
  Deno.test(`template ${name}: a closed surface with finite coordinates and more than 97 % of its vertices in one piece`, () => {
    const [mesh] = templateBone(name, 0);
    assert(mesh.positions.every(Number.isFinite));
    const edges = new Map<string, number>();
    for (let t = 0; t < mesh.triangles.length; t += 3) {
      for (let k = 0; k < 3; k++) {
        const a = mesh.triangles[t + k], b = mesh.triangles[t + (k + 1) % 3];
        edges.set(`${a} ${b}`, (edges.get(`${a} ${b}`) ?? 0) + 1);
      }
    }
    for (const [edge, n] of edges) assertEquals(edges.get(edge.split(" ").reverse().join(" ")), n);
    assert(mainPieceShare(mesh.positions.length / 3, mesh.triangles) > 0.97);
  });
}

/** Share of the vertices in the largest connected piece. */
function mainPieceShare(n: number, triangles: Uint32Array): number {
  const parent = Int32Array.from({ length: n }, (_, i) => i);
  const find = (i: number): number => parent[i] === i ? i : (parent[i] = find(parent[i]));
  for (let t = 0; t < triangles.length; t += 3) {
    parent[find(triangles[t])] = find(triangles[t + 1]);
    parent[find(triangles[t + 1])] = find(triangles[t + 2]);
  }
  const sizes = new Map<number, number>();
  for (let i = 0; i < n; i++) sizes.set(find(i), (sizes.get(find(i)) ?? 0) + 1);
  return Math.max(...sizes.values()) / n;
}
