import type { Radiograph } from "../types.ts";
import { parseRadiograph } from "./parse_radiograph.ts";
import { readFileBytes } from "./read_file_bytes.ts";
import type { FrameOptions } from "./to_radiograph.ts";

/**
 * Reads one film from disk.
 *
 * @throws {RadiographError} naming the file, the rule and what helps.
 */
export async function readRadiograph(path: string, { frame }: FrameOptions = {}): Promise<Radiograph> {
  return await parseRadiograph(await readFileBytes(path), { name: path, frame });
}
