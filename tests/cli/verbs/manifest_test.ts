import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { encodePng } from "../../../src/image/encode_png.ts";
import { runCaput } from "../run_caput.ts";

Deno.test("manifest --map: an invalid pattern is a usage error; names that a valid one does not match are reported", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/films`);
    const png = encodePng({ samples: new Uint8Array(64), widthPx: 8, heightPx: 8 }, { level: 1 });
    for (const name of ["P1_R.png", "P2_L.png", "loose.png"]) {
      await Deno.writeFile(`${folder}/films/${name}`, png);
    }
    const open = await runCaput(["manifest", "films", "--map", String.raw`name=(?<patient>\w+`], folder);
    assertEquals(open.code, 2);
    assertStringIncludes(
      open.err,
      "--map cannot be read: its rule for names is not a valid regular expression",
    );
    const unknown = await runCaput(["manifest", "films", "--map", String.raw`name=(?<pat>\d+)`], folder);
    assertEquals(unknown.code, 2);
    assertStringIncludes(unknown.err, 'groups patient, side and grade, and no other, got "pat"');
    const part = await runCaput(
      ["manifest", "films", "--map", String.raw`name=^(?<patient>P\d+)_(?<side>[RL])`, "--json"],
      folder,
    );
    assertEquals([part.code, part.lines[0].unmatched], [0, ["loose.png"]]);
    assertStringIncludes(part.err, "does not match 1 of 3 films, such as loose.png");
    await Deno.mkdir(`${folder}/films/masks`);
    await Deno.writeFile(`${folder}/films/masks/120bb32f997ef9a8.left.png`, png);
    const all = await runCaput(["manifest", "films", "--map", String.raw`name=(?<patient>\w)`], folder);
    assert(!all.err.includes("does not match"), all.err);
    assert(!all.out.includes("120bb32f997ef9a8"), "the mask of a head is no film");
    assertStringIncludes(all.err, "it is the mask of a head, written by caput export --masks");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
