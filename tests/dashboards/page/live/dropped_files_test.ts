import { zipSync } from "fflate";
import { assertEquals, assertRejects } from "@std/assert";
import { droppedFilms } from "../../../../dashboards/page/live/dropped_files.ts";

const zip = () =>
  zipSync({ "b.dcm": Uint8Array.of(1), "a.dcm": Uint8Array.of(2), ".hidden": Uint8Array.of(3) });

Deno.test("droppedFilms: the files of a ZIP are sorted and have its name as prefix; hidden files are left out", async () => {
  const films = await droppedFilms([new File(["x"], "z.png"), new File([zip()], "more.zip")]);
  assertEquals(films.map(({ name }) => name), ["z.png", "more.zip/a.dcm", "more.zip/b.dcm"]);
});

Deno.test("droppedFilms: a ZIP whose files have more than 1 GB together is rejected, not unpacked in part", async () => {
  const bytes = zip(), view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let at = 0; at + 4 < bytes.length; at++) {
    // Declares 600 MB for each file: uncompressed size in the central directory (PKWARE APPNOTE 4.3.12).
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 600_000_000, true);
  }
  await assertRejects(
    () => droppedFilms([new File([bytes], "big.zip")]),
    RangeError,
    "at most 1 GB together",
  );
});
