/**
 * How the spheres in `ct_heads.json` were found. In the fine volume (the woman's), a search starts from a position
 * estimated by eye and finds the sphere with the sharpest transition from bone to joint space at its surface; the part
 * of the surface towards the neck is ignored. In the coarse volume (the man's, 3 mm, so the joint space is one voxel
 * wide) the sphere was placed by eye. This program prints the fitted spheres. Given a folder, it also writes slices
 * there with the circles of the three spheres in `heads` of `ct_heads.json`; all three were inspected.
 *
 *   deno task bench bench/labelled_films/fit_ct_heads.ts [FOLDER]
 */
import { encodePng } from "../../src/image/encode_png.ts";
import { type CtVolume, readNifti } from "./read_nifti.ts";
import type { CtHeads } from "./ct_volumes.ts";
import { SHARED } from "./shared_films.ts";

/** Starting position, mm, and the direction of the neck: lateral, slightly posterior, down. */
const STARTS = [
  { volume: "pelvis_woman_both_hips", side: "right", start: [188, 273.5, 52], neck: [-0.75, 0.1, -0.6] },
  { volume: "pelvis_woman_both_hips", side: "left", start: [361, 293, 63], neck: [0.75, 0.1, -0.6] },
] as const;

/** Directions within this angle of the neck, in degrees, are ignored, because the head has no border there. */
const NECK_DEGREES = 65;

function sampler({ sizes: [nx, ny, nz], stepMm, values }: CtVolume) {
  return (x: number, y: number, z: number) => { // mm
    const u = Math.min(nx - 1.001, Math.max(0, x / stepMm[0])), i = Math.floor(u), a = u - i;
    const v = Math.min(ny - 1.001, Math.max(0, y / stepMm[1])), j = Math.floor(v), b = v - j;
    const w = Math.min(nz - 1.001, Math.max(0, z / stepMm[2])), k = Math.floor(w), c = w - k;
    const at = (k * ny + j) * nx + i, up = nx * ny;
    const plane = (p: number) =>
      (values[p] * (1 - a) + values[p + 1] * a) * (1 - b) +
      (values[p + nx] * (1 - a) + values[p + nx + 1] * a) * b;
    return plane(at) * (1 - c) + plane(at + up) * c;
  };
}

/** Evenly spread directions (Fibonacci lattice) that do not point into the neck. */
function directions(neck: readonly number[]): number[][] {
  const length = Math.hypot(...neck), limit = Math.cos(NECK_DEGREES * Math.PI / 180), out: number[][] = [];
  for (let i = 0; i < 600; i++) {
    const z = 1 - (2 * i + 1) / 600, s = Math.sqrt(1 - z * z), turn = i * Math.PI * (3 - Math.sqrt(5));
    const d = [s * Math.cos(turn), s * Math.sin(turn), z];
    if ((d[0] * neck[0] + d[1] * neck[1] + d[2] * neck[2]) / length < limit) out.push(d);
  }
  return out;
}

const folder = Deno.args[0];
const known: CtHeads = JSON.parse(await Deno.readTextFile(new URL("ct_heads.json", import.meta.url)));
if (folder) {
  for (const { volume, side, centerMm: [x, y, z], radiusMm: r } of known.heads) {
    const ct = readNifti(await Deno.readFile(new URL(`ct/${volume}.nii.gz`, SHARED)));
    await drawSlices(`${folder}/${volume}_${side}.png`, sampler(ct), { x, y, z, r });
  }
}
for (const { volume, side, start, neck } of STARTS) {
  const ct = readNifti(await Deno.readFile(new URL(`ct/${volume}.nii.gz`, SHARED))), hu = sampler(ct);
  const rays = directions(neck);
  const sharpness = (x: number, y: number, z: number, r: number) => {
    let sum = 0;
    for (const [dx, dy, dz] of rays) {
      const at = (q: number) => Math.min(300, hu(x + q * dx, y + q * dy, z + q * dz));
      sum += at(r - 1) - at(r + 1.5);
    }
    return sum / rays.length;
  };
  let best = { x: 0, y: 0, z: 0, r: 0, value: -Infinity };
  const [x0, y0, z0] = start;
  const search = (reach: number, step: number, from: { x: number; y: number; z: number; r: number }) => {
    for (let x = from.x - reach; x <= from.x + reach; x += step) {
      for (let y = from.y - reach; y <= from.y + reach; y += step) {
        for (let z = from.z - reach; z <= from.z + reach; z += step) {
          for (let r = Math.max(19, from.r - reach); r <= Math.min(26, from.r + reach); r += step) {
            const value = sharpness(x, y, z, r);
            if (value > best.value) best = { x, y, z, r, value };
          }
        }
      }
    }
  };
  search(3, 1, { x: x0, y: y0, z: z0, r: 23 });
  search(2, 0.5, best);
  search(0.5, 0.125, best);
  console.log(JSON.stringify({
    volume,
    side,
    centerMm: [best.x, best.y, best.z].map((v) => Math.round(10 * v) / 10),
    radiusMm: Math.round(10 * best.r) / 10,
    dropHu: Math.round(best.value),
  }));
}

/** Axial, coronal and sagittal slices through the centre: plain in the top row, with the sphere's circle below. */
async function drawSlices(
  path: string,
  hu: ReturnType<typeof sampler>,
  { x, y, z, r }: { x: number; y: number; z: number; r: number },
): Promise<void> {
  const cell = 300, half = 40, samples = new Uint8Array(3 * 6 * cell * cell);
  for (let plane = 0; plane < 3; plane++) {
    for (let row = 0; row < cell; row++) {
      for (let column = 0; column < cell; column++) {
        const u = (column / cell - 0.5) * 2 * half, v = (row / cell - 0.5) * 2 * half;
        const value = plane === 0
          ? hu(x + u, y + v, z)
          : plane === 1
          ? hu(x + u, y, z - v)
          : hu(x, y + u, z - v);
        const grey = Math.min(255, Math.max(0, (value + 150) / 900 * 255));
        const ring = Math.abs(Math.hypot(u, v) - r) < 0.2;
        for (const below of [0, 1]) {
          const at = 3 * ((row + below * cell) * 3 * cell + plane * cell + column);
          samples.set(below && ring ? [230, 159, 0] : [grey, grey, grey], at);
        }
      }
    }
  }
  await Deno.writeFile(path, encodePng({ widthPx: 3 * cell, heightPx: 2 * cell, channels: 3, samples }));
}
