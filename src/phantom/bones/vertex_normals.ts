/** Unit normals at the vertices of a surface, [n, 3], outwards; triangles are weighted by area. */
export function vertexNormals(positions: Float32Array, triangles: Uint32Array): Float32Array {
  const normals = new Float32Array(positions.length), p = positions;
  for (let t = 0; t < triangles.length; t += 3) {
    const a = 3 * triangles[t], b = 3 * triangles[t + 1], c = 3 * triangles[t + 2];
    const ux = p[b] - p[a], uy = p[b + 1] - p[a + 1], uz = p[b + 2] - p[a + 2];
    const vx = p[c] - p[a], vy = p[c + 1] - p[a + 1], vz = p[c + 2] - p[a + 2];
    const nx = uy * vz - uz * vy, ny = uz * vx - ux * vz, nz = ux * vy - uy * vx;
    normals[a] += nx, normals[a + 1] += ny, normals[a + 2] += nz;
    normals[b] += nx, normals[b + 1] += ny, normals[b + 2] += nz;
    normals[c] += nx, normals[c + 1] += ny, normals[c + 2] += nz;
  }
  for (let i = 0; i < normals.length; i += 3) {
    const size = Math.hypot(normals[i], normals[i + 1], normals[i + 2]) || 1;
    normals[i] /= size, normals[i + 1] /= size, normals[i + 2] /= size;
  }
  return normals;
}
