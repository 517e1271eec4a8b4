/** A triangle mesh as stored in a file: millimetres, triangles facing outwards. */
export interface RawMesh {
  readonly name: string;
  readonly positions: Float32Array; // [n, 3]
  readonly triangles: Uint32Array; // [m, 3]
}

const bytesOf = (path: string) => Deno.readFileSync(path).buffer as ArrayBuffer;

/** Reads vertices stored as little-endian Float32 coordinates in mm, [n, 3]. */
export function readVertices(path: string): Float32Array {
  return new Float32Array(bytesOf(path));
}

/** Reads triangles stored as little-endian Uint16 vertex numbers, [m, 3]. */
export function readFaces(path: string): Uint32Array {
  return Uint32Array.from(new Uint16Array(bytesOf(path)));
}

/**
 * Reads meshes that are stored one after another in `NAME_vertices.f32` and `NAME_faces.u16` and listed in
 * `NAME_index.json`.
 */
export function readMeshes(folder: string, name: string): RawMesh[] {
  const { meshes } = JSON.parse(Deno.readTextFileSync(`${folder}/${name}_index.json`)) as {
    meshes: { name: string; vertices: number; faces: number }[];
  };
  const vertices = readVertices(`${folder}/${name}_vertices.f32`);
  const faces = readFaces(`${folder}/${name}_faces.u16`);
  let v = 0, f = 0;
  return meshes.map((mesh) => {
    const positions = vertices.slice(3 * v, 3 * (v + mesh.vertices));
    const triangles = faces.slice(3 * f, 3 * (f + mesh.faces));
    v += mesh.vertices, f += mesh.faces;
    return { name: mesh.name, positions, triangles };
  });
}
