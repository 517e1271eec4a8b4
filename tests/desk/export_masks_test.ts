import { assertEquals, assertRejects } from "@std/assert";
import { exportMasks, type ExportMasksOptions } from "../../src/desk/export_masks.ts";
import { InputError } from "../../src/input_error.ts";
import { readRadiograph } from "../../src/radiograph/read_radiograph.ts";
import { discPng, discsOf } from "../study/disc_cohort.ts";
import { discCorrections } from "./disc_corrections.ts";

Deno.test("exportMasks: searches for films only if the reader has checked a film, and says if no checked film can be read", async () => {
  const folder = await Deno.makeTempDir(), path = `${folder}/f.png`;
  try {
    await Deno.writeFile(path, discPng(discsOf(0), { inside: 200, outside: 40 }));
    await Deno.writeTextFile(
      `${folder}/corrections.jsonl`,
      `${(await discCorrections(path, discsOf(0))).join("\n")}\n`,
    );
    let looked = 0;
    const counts: [number, number][] = [];
    const options: ExportMasksOptions = {
      log: `${folder}/corrections.jsonl`,
      films: () => {
        looked++;
        return Promise.resolve([{ path, radiograph: "f.png" }]);
      },
      ...{ reader: "R2", read: readRadiograph, folder: `${folder}/masks`, format: "png", cohort: null },
      signal: new AbortController().signal,
      onFilm: (done, total) => counts.push([done, total]),
    };
    await assertRejects(() => exportMasks(options), InputError, "reader R2 has not checked any film");
    assertEquals([looked, counts], [0, []]);
    const { files } = await exportMasks({ ...options, reader: "R1" });
    assertEquals([looked, counts, files.length], [1, [[1, 1]], 2]);
    await Deno.writeFile(path, new Uint8Array(9));
    await assertRejects(
      () => exportMasks({ ...options, reader: "R1" }),
      InputError,
      "no film that reader R1 checked could be found and read; f.png: ",
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
