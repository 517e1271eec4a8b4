import { assertEquals } from "@std/assert";
import { compareFilms } from "../../../bench/page/site_differences.ts";
import type { LiveScore } from "../../../dashboards/live_score.ts";
import { commandLineScorer, type NamedFilm, realFilms } from "../../dashboards/site/same_numbers.ts";

const ASSET = { path: "assets/0.bin", sha256: "0".repeat(64), bytes: 1, wireBytes: 1 };
const NOTE = {
  site: 1,
  assets: Object.fromEntries(["wasm_worker", "wasm", "codecs"].map((name) => [name, ASSET])),
};

Deno.test("compareFilms: films that differed are scored again, other results are kept, and another site starts from scratch", async () => {
  const folder = await Deno.makeTempDir(), ownScore = await commandLineScorer();
  const originalLog = console.log;
  console.log = () => {};
  try {
    const films = (await realFilms()).length === 0 ? 1 : 0, all = films || (await realFilms()).length;
    const results = `${folder}/deep/results.jsonl`;
    const writePage = (note: object) =>
      Deno.writeTextFile(`${folder}/index.html`, `<script id="data">${JSON.stringify(note)}</script>`);
    let asked = 0;
    const compare = (change: (score: LiveScore) => LiveScore, most = 100) => {
      asked = 0;
      const score = async ([[name, bytes]]: readonly NamedFilm[]) => {
        asked++;
        return [change(await ownScore(bytes, name))];
      };
      const browser = { version: () => "1" };
      const page = { context: () => ({ browser: () => browser }) } as unknown as Parameters<
        typeof compareFilms
      >[0]["page"];
      return compareFilms({ page, score }, { engine: "wasm", folder, films, most, results });
    };
    await writePage(NOTE);
    const far = (score: LiveScore) => ({
      ...score,
      heads: score.heads.map((head) => ({ ...head, distance: head.distance + 0.002 })),
    });
    assertEquals([await compare(far), asked], [false, all]);
    assertEquals([await compare((score) => ({ ...score, device: "webgpu" })), asked], [false, all]);
    assertEquals([await compare((score) => score, 1), asked], [true, 1]);
    await Deno.writeTextFile(results, '{"key":"cut sho', { append: true });
    assertEquals([await compare((score) => score), asked], [true, all - 1]);
    assertEquals([await compare(far), asked], [true, 0]); // nothing is left to score
    await writePage({ ...NOTE, assets: { ...NOTE.assets, wasm: { ...ASSET, sha256: "1".repeat(64) } } });
    assertEquals([await compare((score) => score), asked], [true, all]);
  } finally {
    console.log = originalLog;
    await Deno.remove(folder, { recursive: true });
  }
});
