import { assertEquals } from "@std/assert";
import { readDicom } from "../../src/radiograph/dicom/read_dicom.ts";
import { storedSha256 } from "../../src/radiograph/stored/stored_sha256.ts";

const folder = new URL("../fixtures/radiograph/", import.meta.url);
const expected = JSON.parse(await Deno.readTextFile(new URL("expected.json", folder)));

for await (const { name } of Deno.readDir(folder)) {
  if (!name.endsWith(".dcm")) continue;
  Deno.test(`fixture ${name}: stored values are exact (lossy ones as decoded by DCMTK)`, async () => {
    const { samples, rows, columns } = await readDicom(await Deno.readFile(new URL(name, folder)));
    assertEquals([columns, rows], [expected.columns, expected.rows]);
    const sha256 = expected.lossySha256[name.replace(".dcm", "")] ?? expected.storedSha256;
    assertEquals(storedSha256(samples), sha256);
  });

  Deno.test(`fixture ${name}: a file cut at any of about 25 places gives an error, never a partial image`, async () => {
    const whole = await Deno.readFile(new URL(name, folder)),
      end = whole.length - (name === "explicit.dcm" ? 2 : 1);
    for (let length = 140; length < end; length += Math.ceil(whole.length / 25)) {
      const outcome = await readDicom(whole.slice(0, length)).then(() => "a picture", (error) => error.name);
      assertEquals(outcome, "RadiographError", `cut at ${length} of ${whole.length}`);
    }
  });
}
