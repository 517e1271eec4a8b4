import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { zipSync } from "fflate";
import { sniffFormat } from "../../../src/radiograph/guard/sniff_format.ts";
import { encodePng } from "../../../src/image/encode_png.ts";
import { filmsOf } from "../../../src/cli/call/film_paths.ts";
import type { Call } from "../../../src/cli/call/verb.ts";
import { runCaput } from "../run_caput.ts";

const film = (value: number) =>
  encodePng({ widthPx: 64, heightPx: 64, samples: new Uint8Array(64 * 64).fill(value) });

Deno.test("inspect: folders are searched and archives unpacked; films keep their paths, other files are skipped", async () => {
  const folder = await Deno.makeTempDir(), text = new TextEncoder().encode("not a film");
  await Deno.mkdir(`${folder}/films/p2`, { recursive: true });
  await Deno.writeFile(`${folder}/films/b.png`, film(1));
  await Deno.writeFile(`${folder}/films/p2/a.png`, film(2));
  await Deno.writeFile(`${folder}/films/120bb32f997ef9a8.left.png`, film(6)); // a mask of caput export --masks
  for (const name of ["notes.txt", "liste.csv", "scan.dcm"]) {
    await Deno.writeFile(`${folder}/films/${name}`, text);
  }
  await Deno.writeFile(
    `${folder}/more.zip`,
    zipSync({
      "inner/name.png": film(3),
      "inner/masks/120bb32f997ef9a8.right2.png": film(7),
      "../out.png": film(4),
      "__MACOSX/x.png": film(5),
      "list.csv": text,
    }),
  );
  const before = await temporary();
  const { code, lines, err } = await runCaput(
    ["inspect", "films", "more.zip", "films/b.png", "--json"],
    folder,
  );
  assertEquals(code, 0, err);
  assertEquals(lines.map(({ file }) => file), [
    "films/b.png",
    "films/p2/a.png",
    "more.zip/inner/name.png",
    "films/b.png",
  ]);
  assertEquals(new Set(lines.map(({ storedSha256 }) => storedSha256)).size, 3);
  assertStringIncludes(err, "skipped films/liste.csv, films/notes.txt: tables and texts, not films\n");
  assertEquals(err.match(/skipped 1 masks? of heads/g)?.length, 2, err);
  assertStringIncludes(err, "skipped more.zip/list.csv: tables and texts, not films\n");
  assert(
    /skipped films\/scan\.dcm: .*export it again/.test(err),
    "a file with the extension of a film gets advice: " + err,
  );
  assertEquals(await temporary(), before, "no unpacked file may be left");
  await Deno.mkdir(`${folder}/none`);
  const none = await runCaput(["score", "none"], folder);
  assert(none.code !== 0);
  assertStringIncludes(none.err, "No film found in none");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("filmsOf: reports how many files of a folder were examined", async () => {
  const folder = await Deno.makeTempDir(), seen: [number, number][] = [];
  for (const name of ["a.png", "b.png"]) await Deno.writeFile(`${folder}/${name}`, film(1));
  const call = { resolve: (path: string) => path, note: () => {} } as unknown as Call;
  const found = await filmsOf(folder, {
    ...{ call, unpacked: [] },
    onFile: (done, total) => seen.push([done, total]),
  });
  assertEquals(found.map(({ typed }) => typed), [`${folder}/a.png`, `${folder}/b.png`]);
  assertEquals(seen, [[0, 2], [1, 2], [2, 2]]);
  await Deno.remove(folder, { recursive: true });
});

async function temporary(): Promise<number> {
  const probe = await Deno.makeTempDir();
  await Deno.remove(probe);
  let n = 0;
  for await (const { name } of Deno.readDir(probe.replace(/\/[^/]*$/, ""))) {
    if (name.startsWith("caput-zip-")) n++;
  }
  return n;
}

Deno.test("sniffFormat: image formats of phones and browsers are named, with advice", () => {
  const box = (brand: string, more = "") =>
    new TextEncoder().encode(`\0\0\0\x18ftyp${brand}\0\0\0\0${more}${"\0".repeat(40)}`);
  for (
    const [bytes, name] of [
      [box("heic"), "HEIC"],
      [box("mif1", "mif1heic"), "HEIC"],
      [box("mif1", "mif1avif"), "AVIF"],
      [box("avif"), "AVIF"],
      [new TextEncoder().encode("RIFF\0\0\0\0WEBPVP8 " + "\0".repeat(20)), "WebP"],
    ] as const
  ) {
    try {
      sniffFormat(bytes);
      throw new Error("it was taken for a film");
    } catch (error) {
      const { message, fix } = error as Error & { fix: string };
      assertStringIncludes(message, `got a ${name} image`);
      assertStringIncludes(fix, "as DICOM");
    }
  }
});
