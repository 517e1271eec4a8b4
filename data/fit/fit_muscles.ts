import { gzipSync } from "fflate";
import { clusterVertices } from "./cluster_vertices.ts";
import { type RawMesh, readMeshes } from "./read_meshes.ts";

/** Millimetres per unit of the stored positions, and side of the cells in which vertices are merged. */
const UNIT_MM = 0.25, CELL_MM = 9;

/** Misspelt or variant names in the source, and the names used instead. */
const SPELLING: Record<string, string> = {
  Semitendonosus: "Semitendinosus",
  QuadratisFemoris: "QuadratusFemoris",
  Illiacus: "Iliacus",
  BicepsFemorisLongus: "BicepsFemorisLong",
};

/**
 * Makes the muscle model of `data/muscles.bin.gz`: hip and thigh muscles of a woman and a man. The left muscles are
 * used, or the mirrored right one where the left one is missing. Positions are relative to the centre of the femoral
 * head, in units of `UNIT_MM`: x lateral, y down, z posterior.
 *
 *     deno task fit:muscles FOLDER-WITH-BONES
 *
 * Layout after gunzip: a Uint32 with the length of the JSON, the JSON, then all positions (Int16) and all triangles
 * (Uint16).
 */
export function fitMuscles(folder: string): Uint8Array {
  const { femoral_heads: heads } = JSON.parse(Deno.readTextFileSync(`${folder}/soft_index.json`));
  const meshes = readMeshes(folder, "soft");
  const positions: number[] = [], triangles: number[] = [];
  const bodies = (["F", "M"] as const).map((sex) => {
    const ofBody = meshes.filter(({ name }) => name.startsWith(`VH${sex}_`));
    const of = (side: string) => heads[`VH${sex}_${side}`] as number[];
    const toFrame = frame(ofBody, of("Left"), of("Right"));
    const muscles = new Map<string, RawMesh>();
    for (const side of ["Left", "Right"] as const) {
      for (const mesh of ofBody.filter(({ name }) => name.includes(`_${side}_Muscle_`))) {
        const sourceName = mesh.name.split("_Muscle_")[1], name = SPELLING[sourceName] ?? sourceName;
        if (!muscles.has(name)) muscles.set(name, { ...toFrame(mesh, side), name });
      }
    }
    return {
      sex,
      shaftDeg: lean(muscles.get("VastusIntermedius")!),
      headRadiusMm: (of("Left")[3] + of("Right")[3]) / 2,
      muscles: [...muscles.values()].sort((a, b) => a.name < b.name ? -1 : 1).map((mesh) => {
        const coarse = clusterVertices(mesh, CELL_MM);
        for (const v of coarse.positions) positions.push(Math.round(v / UNIT_MM));
        for (const v of coarse.triangles) triangles.push(v);
        return {
          name: mesh.name,
          vertices: coarse.positions.length / 3,
          triangles: coarse.triangles.length / 3,
        };
      }),
    };
  });
  const about = "Hip and thigh muscles of two bodies, coarse. See data/README.md for sources.";
  let json = new TextEncoder().encode(JSON.stringify({ about, unitMm: UNIT_MM, bodies }));
  while (json.length % 4) json = Uint8Array.of(...json, 32);
  const out = new Uint8Array(4 + json.length + 2 * positions.length + 2 * triangles.length);
  new DataView(out.buffer).setUint32(0, json.length, true);
  out.set(json, 4);
  out.set(new Uint8Array(Int16Array.from(positions).buffer), 4 + json.length);
  out.set(new Uint8Array(Uint16Array.from(triangles).buffer), 4 + json.length + 2 * positions.length);
  return gzipSync(out, { level: 9, mtime: 0 });
}

const middle = (meshes: readonly RawMesh[], part: string): number[] => {
  const { positions } = meshes.find(({ name }) => name.includes(part))!, sum = [0, 0, 0];
  positions.forEach((v, i) => sum[i % 3] += 3 * v / positions.length);
  return sum;
};

/**
 * Abduction of the thigh in degrees, from the muscle around the shaft: the slope between the means of the second and
 * the fourth fifth of its vertices, counted from the top.
 */
function lean({ positions }: RawMesh): number {
  const points = Array.from({ length: positions.length / 3 }, (_, i) => positions.subarray(3 * i, 3 * i + 3))
    .sort((a, b) => a[1] - b[1]);
  const fifth = Math.floor(points.length / 5);
  const mean = (some: Float32Array[], k: number) => some.reduce((sum, p) => sum + p[k], 0) / some.length;
  const top = points.slice(fifth, 2 * fifth), low = points.slice(3 * fifth, 4 * fifth);
  return Math.atan2(mean(low, 0) - mean(top, 0), mean(low, 1) - mean(top, 1)) * 180 / Math.PI;
}

/**
 * The transform from a body's axes to those of the muscle model (see `fitMuscles`), in mm. The order and direction of
 * the body's axes are found from the positions of its femoral heads and two muscles.
 */
function frame(meshes: readonly RawMesh[], left: readonly number[], right: readonly number[]) {
  const between = [0, 1, 2].map((k) => (left[k] + right[k]) / 2);
  const towards = (point: readonly number[]) => point.map((v, k) => v - between[k]);
  const down = towards(middle(meshes, "Left_Muscle_VastusIntermedius"));
  const back = towards(middle(meshes, "Left_Muscle_GluteusMaximus"));
  const strongest = (v: readonly number[], but: readonly number[]) =>
    [0, 1, 2].filter((k) => !but.includes(k)).reduce((a, b) => Math.abs(v[a]) >= Math.abs(v[b]) ? a : b);
  const x = strongest(towards(left), []), y = strongest(down, [x]), z = 3 - x - y;
  const signs = [Math.sign(left[x] - right[x]), Math.sign(down[y]), Math.sign(back[z])];
  // An odd permutation of the axes, an odd number of reversed axes, and mirroring each turn surfaces inside out.
  const order = (y - x + 3) % 3 === 1 ? 1 : -1, hand = order * signs[0] * signs[1] * signs[2];
  return (mesh: RawMesh, side: "Left" | "Right"): RawMesh => {
    const head = side === "Left" ? left : right, outwards = side === "Left" ? 1 : -1;
    const positions = new Float32Array(mesh.positions.length);
    for (let i = 0; i < positions.length; i += 3) {
      const v = mesh.positions.subarray(i, i + 3);
      positions[i] = outwards * signs[0] * (v[x] - head[x]);
      positions[i + 1] = signs[1] * (v[y] - head[y]);
      positions[i + 2] = signs[2] * (v[z] - head[z]);
    }
    const triangles = mesh.triangles.slice();
    if (hand * outwards < 0) {
      for (let t = 0; t < triangles.length; t += 3) {
        [triangles[t + 1], triangles[t + 2]] = [triangles[t + 2], triangles[t + 1]];
      }
    }
    return { ...mesh, positions, triangles };
  };
}

if (import.meta.main) {
  const [folder] = Deno.args;
  if (!folder) throw new Error("Name the folder with the muscles: deno task fit:muscles FOLDER");
  const packed = fitMuscles(folder);
  Deno.writeFileSync(new URL("../muscles.bin.gz", import.meta.url), packed);
  console.log(`data/muscles.bin.gz: ${packed.length} bytes`);
}
