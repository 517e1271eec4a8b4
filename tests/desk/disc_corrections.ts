import { encodeRuns } from "../../src/masks/mask_runs.ts";
import { readRadiograph } from "../../src/radiograph/read_radiograph.ts";

/** A disc: its centre and radius in pixels of its film. */
type Disc = readonly [x: number, y: number, radius: number];

/**
 * Lines of a correction log in which reader R1 outlines the discs of a film, starting with the patient's right one, and
 * marks it as checked.
 *
 * @param found whether the network analysed the film before and found nothing
 */
export async function discCorrections(
  path: string,
  discs: readonly Disc[],
  { found = false }: { found?: boolean } = {},
): Promise<string[]> {
  const film = (await readRadiograph(path)).storedSha256.slice(0, 16);
  const about = { time: "2026-01-02T03:04:05.000Z", reader: "R1", film };
  const outlines = discs.map(([x, y, radius], k) => {
    const size = 2 * radius + 1;
    const mask = Uint8Array.from(
      { length: size * size },
      (_, j) => Math.hypot(j % size - radius, Math.floor(j / size) - radius) <= radius ? 1 : 0,
    );
    const outline = encodeRuns({ boxPx: { x: x - radius, y: y - radius, width: size, height: size }, mask });
    const side = k === 0 ? "right" : "left";
    return { act: "outline", head: `a${k}`, outline, tool: "click", side, ...about };
  });
  const network = found ? [{ act: "found", heads: [], quality: [], ...about, reader: "network" }] : [];
  return [...network, ...outlines, { act: "done", value: true, ...about }].map((line) =>
    JSON.stringify(line)
  );
}
