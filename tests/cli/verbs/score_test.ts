import { assert, assertClose, assertEquals } from "@std/assert";
import { encodePng } from "../../../src/image/encode_png.ts";
import { paperCohort, patientOf } from "../../../src/phantom/patient/paper_cohort.ts";
import { renderRadiograph } from "../../../src/phantom/film/render_radiograph.ts";
import { SHIPPED_MODELS } from "../../../src/study/models/read_models.ts";
import { caputCommand, runCaput } from "../run_caput.ts";

const SWIFTSHADER = "/usr/lib/chromium/vk_swiftshader_icd.json";
const SHARED = new URL("../../../../shared/data/", import.meta.url).pathname;
const exists = (path: string) => Deno.stat(path).then(() => true, () => false);

/** The first patient of the paper cohort as a PNG in a separate folder. */
async function syntheticFilm(): Promise<string> {
  const { image } = renderRadiograph(patientOf(paperCohort(1).patients[0]), { widthPx: 768 });
  const top = 2 ** image.bitsStored - 1, inverted = image.photometric === "MONOCHROME1";
  const samples = image.stored.map((value) => inverted ? top - value : value);
  const folder = await Deno.makeTempDir();
  await Deno.writeFile(`${folder}/film.png`, encodePng({ ...image, samples }, { level: 1 }));
  return folder;
}

Deno.test("score: both heads of a synthetic film, with plausible values in the fields of the JSON line", async () => {
  const folder = await syntheticFilm();
  try {
    const { code, lines: [film] } = await runCaput(
      ["score", "film.png", "--device", "cpu", "--json", "--models", SHIPPED_MODELS],
      folder,
    );
    assertEquals([code, film.file, film.device], [0, "film.png", "cpu"]);
    assertEquals(film.heads.map((head: { side: string }) => head.side), ["right", "left"]);
    assertEquals([film.reference.kind, film.reference.n], ["synthetic", 113]);
    for (const head of film.heads) {
      assert(head.distance > 0 && head.residual > 0);
      const [low, high] = head.percentileInterval;
      assert(0 <= low && low <= head.percentile && head.percentile <= high && high <= 100);
      assert(head.tailProbability.empirical > 0 && head.tailProbability.chiSquare > 0);
      assertClose(
        head.nearestGrades.reduce((sum: number, { share }: { share: number }) => sum + share, 0),
        1,
      );
      assertEquals(typeof head.outOfDomain, "boolean");
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("score: WebGPU agrees with the CPU to 1e-4 in every latent coordinate (also on a software adapter)", async () => {
  const folder = await syntheticFilm();
  try {
    const words = (
      device: string,
    ) => ["score", "film.png", "--device", device, "--json", "--quiet", "--models", SHIPPED_MODELS];
    const [cpu] = (await runCaput(words("cpu"), folder)).lines;
    const found = await exists(SWIFTSHADER);
    const env: Record<string, string> = found
      ? { VK_ICD_FILENAMES: SWIFTSHADER, XDG_RUNTIME_DIR: "/tmp" }
      : {};
    const { code, stdout, stderr } = await caputCommand(words("webgpu"), folder, env).output();
    const [gpu] = new TextDecoder().decode(stdout).split("\n").filter(Boolean).map((line) =>
      JSON.parse(line)
    );
    if (code === 4 && !found) {
      console.log(`skipped: no WebGPU adapter, and none in software at ${SWIFTSHADER}`);
      return;
    }
    assertEquals(code, 0, new TextDecoder().decode(stderr));
    assertEquals(gpu.device, "webgpu");
    assertEquals(gpu.heads.length, cpu.heads.length);
    for (const [i, head] of cpu.heads.entries()) {
      assertClose(gpu.heads[i].latent, head.latent, { absolute: 1e-4, relative: 0 });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("score: the complete head of a real film gives the same latent vector from DICOM and PNG", async () => {
  if (!(await exists(`${SHARED}hip/RG2_hip.dcm`))) {
    return console.log("skipped: no real film at ../shared/data/hip");
  }
  const { code, lines } = await runCaput(
    ["score", "RG2_hip.dcm", "RG2_hip_16bit.png", "--device", "cpu", "--json", "--quiet"],
    `${SHARED}hip`,
  );
  assertEquals([code, lines.length], [0, 2]);
  for (const { heads, quality } of lines) {
    assertEquals([heads.length, quality], [1, ["one-head"]]);
    const [{ side, centerPx: [x, y], radiusPx, outOfDomain, outOfDomainReasons }] = heads;
    // This film shows one abducted hip in its middle; the reference consists of pelvis films.
    assertEquals(outOfDomain, true);
    assert(outOfDomainReasons.includes("filmAside"));
    assertEquals(side, "left"); // the header gives no side: the pelvis is to the left of the hip in the image
    assert(Math.hypot(x - 902, y - 871) < 12, `centre (${x}, ${y})`);
    assert(Math.abs(radiusPx / 139 - 1) < 0.08, `radius ${radiusPx}`);
  }
  assertEquals(lines[1].heads[0].latent, lines[0].heads[0].latent);
});
