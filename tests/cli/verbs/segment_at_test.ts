import { assertClose, assertEquals, assertStringIncludes } from "@std/assert";
import { encodePng } from "../../../src/image/encode_png.ts";
import { writeToyModels } from "../../study/toy_models.ts";
import { runCaput } from "../run_caput.ts";

Deno.test("segment --at: point and result are in pixels of the stored image, square or not; caput desk on a study asks for the films' folder", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeToyModels(`${folder}/models`);
    // Rows are 2 mm apart and columns 1 mm: a head of 42 columns is 21 rows high.
    const widthPx = 800, heightPx = 300;
    const samples = Uint8Array.from({ length: widthPx * heightPx }, (_, i) => {
      const x = i % widthPx, y = Math.floor(i / widthPx);
      return [[250, 160], [560, 165]].some(([cx, cy]) => Math.hypot(x - cx, 2 * (y - cy)) <= 42) ? 250 : 30;
    });
    await Deno.writeFile(
      `${folder}/odd.png`,
      encodePng({ widthPx, heightPx, samples }, { pixelSpacingMm: [2, 1] }),
    );
    const words = ["segment", "odd.png", "--models", "models", "--device", "cpu", "--json", "--quiet"];
    const { code, lines: [{ heads: [head], quality, pixelAspect }] } = await runCaput([
      ...words,
      "--at",
      "255,158",
    ], folder);
    assertEquals([code, quality, pixelAspect], [0, ["resampled"], 2]);
    assertClose(head.centerPx, [250, 160], { absolute: 2, relative: 0 });
    assertClose(head.radiusPx, 42, { relative: 0.06 });

    const at = (point: string) =>
      runCaput([...words.filter((word) => word !== "--json"), "--at", point], folder);
    const corner = await at("5,3"), beside = await at("400,600");
    assertEquals([corner.code, beside.code], [1, 1]);
    assertStringIncludes(corner.out, "no head can be outlined at 5,3: give a point near the middle");
    assertEquals(corner.out.includes("no native femoral head was found"), false);
    assertStringIncludes(
      beside.out,
      "The point must be on the film, which is 800 x 300 pixels (got 400,600)",
    );

    await Deno.mkdir(`${folder}/study`);
    await Deno.writeTextFile(`${folder}/study/study.json`, "{}");
    const desk = await runCaput(["desk", "study"], folder);
    assertEquals(desk.code, 2);
    assertStringIncludes(desk.err, "a study stores no paths");
    assertStringIncludes(desk.err, "caput desk study --films FOLDER");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
