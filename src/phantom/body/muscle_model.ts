import { gunzipSync } from "fflate";

/** Muscles of one body, left side: millimetres from the centre of the femoral head, x lateral, y down, z back. */
export interface MuscleBody {
  readonly sex: "F" | "M";
  readonly headRadiusMm: number;
  /** Abduction of the thigh, in degrees. */
  readonly shaftDeg: number;
  readonly muscles: readonly {
    readonly name: string;
    readonly positions: Float32Array; // [n, 3]
    readonly triangles: Uint32Array; // [m, 3]
  }[];
}

let model: Readonly<Record<"F" | "M", MuscleBody>> | undefined;

/** Reads the muscle model of `data/muscles.bin.gz`, once per process; data/README.md names its sources. */
export function muscleModel(): Readonly<Record<"F" | "M", MuscleBody>> {
  return model ??= parse(
    gunzipSync(Deno.readFileSync(new URL("../../../data/muscles.bin.gz", import.meta.url))),
  );
}

interface Header {
  unitMm: number;
  bodies: {
    sex: "F" | "M";
    headRadiusMm: number;
    shaftDeg: number;
    muscles: { name: string; vertices: number; triangles: number }[];
  }[];
}

function parse(bytes: Uint8Array): Readonly<Record<"F" | "M", MuscleBody>> {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true), start = 4 + length;
  const { unitMm, bodies } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, start))) as Header;
  const vertices = bodies.flatMap((b) => b.muscles).reduce((sum, m) => sum + m.vertices, 0);
  const positions = new Int16Array(bytes.slice(start, start + 6 * vertices).buffer);
  const triangles = new Uint16Array(bytes.slice(start + 6 * vertices).buffer);
  let v = 0, t = 0;
  const [woman, man] = bodies.map(({ muscles, ...body }): MuscleBody => ({
    ...body,
    muscles: muscles.map((muscle) => ({
      name: muscle.name,
      positions: Float32Array.from(positions.subarray(3 * v, 3 * (v += muscle.vertices)), (q) => q * unitMm),
      triangles: Uint32Array.from(triangles.subarray(3 * t, 3 * (t += muscle.triangles))),
    })),
  }));
  return { F: woman, M: man };
}
