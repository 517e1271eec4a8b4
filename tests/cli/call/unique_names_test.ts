import { assertEquals } from "@std/assert";
import { encodePng } from "../../../src/image/encode_png.ts";
import { uniqueNames } from "../../../src/cli/call/unique_names.ts";
import { runCaput } from "../run_caput.ts";

Deno.test("uniqueNames: the file name, with as many folders as needed to distinguish files", () => {
  assertEquals(uniqueNames(["/x/a.dcm", "/x/b.dcm"]), ["a.dcm", "b.dcm"]);
  assertEquals(uniqueNames(["/x/a/film.dcm", "/x/b/film.dcm", "/x/c.dcm"]), [
    "a_film.dcm",
    "b_film.dcm",
    "c.dcm",
  ]);
  assertEquals(uniqueNames(["/x/p1/s/film.dcm", "/x/p2/s/film.dcm"]), ["p1_s_film.dcm", "p2_s_film.dcm"]);
  assertEquals(uniqueNames(["/x/zip.zip/a/1.png", "/x/zip.zip/b/1.png"]), ["a_1.png", "b_1.png"]);
});

Deno.test("uniqueNames: names stay unique if they differ only in case, a path is repeated, or a name equals a generated one", () => {
  const cases = [
    ["/x/a/Film.dcm", "/x/b/film.DCM"],
    ["/x/film.dcm", "/x/film.dcm", "/x/./film.dcm"],
    ["/a/film.dcm", "/b/film.dcm", "/c/a_film.dcm", "/a_film.dcm"],
    ["film.dcm", "/film.dcm"],
    ["/x/\u00e9.dcm", "/y/e\u0301.dcm"],
  ];
  for (const paths of cases) {
    const names = uniqueNames(paths).map((name) => name.normalize("NFC").toLowerCase());
    assertEquals(new Set(names).size, paths.length, paths.join(" "));
    assertEquals(names.some((name) => name.includes("/")), false);
  }
});

Deno.test("segment --out keeps the images of two films with the same name apart and says which is which", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const samples = Uint8Array.from({ length: 250 * 220 }, (_, i) => (i * 7919) % 251);
    for (const name of ["a", "b"]) {
      await Deno.mkdir(`${folder}/${name}`);
      await Deno.writeFile(`${folder}/${name}/film.png`, encodePng({ widthPx: 250, heightPx: 220, samples }));
    }
    const said = await runCaput(["segment", "a/film.png", "b/film.png", "--out", "o", "--json"], folder);
    const written = Array.from(Deno.readDirSync(`${folder}/o`), ({ name }) => name).sort();
    assertEquals(written, [
      "a_film.png.mask.png",
      "a_film.png.overlay.png",
      "b_film.png.mask.png",
      "b_film.png.overlay.png",
    ]);
    assertEquals(said.lines.map(({ file }) => file), ["a/film.png", "b/film.png"]);
    assertEquals(said.err.includes("written as a_film.png"), true);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
