import { assert, assertEquals, assertRejects } from "@std/assert";
import { FilmReader } from "../../src/radiograph/film_reader.ts";
import { inspectFile } from "../../src/radiograph/inspect_file.ts";
import { RadiographError } from "../../src/radiograph/guard/radiograph_error.ts";
import { readRadiograph } from "../../src/radiograph/read_radiograph.ts";
import { closeSharedReader } from "../../src/radiograph/shared_reader.ts";
import { film } from "./make_dicom.ts";
import { hasSharedData, sharedData, sharedJson } from "./shared_data.ts";

const ignore = !hasSharedData;

/** Runs a test with a temporary folder of files. */
async function withFiles(files: Record<string, Uint8Array | string>, use: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(files)) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(`${folder}/${name}`, bytes);
    }
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readRadiograph and inspectFile decode in a worker and name the file as given", async () => {
  await withFiles({ "a.dcm": film() }, async (folder) => {
    const radiograph = await readRadiograph(`${folder}/a.dcm`);
    assertEquals([...radiograph.pixels], [0, 1000, 2000, 3000, 4000, 4095]);
    assert(radiograph.pixels.buffer instanceof SharedArrayBuffer, "not from a worker");
    const record = await inspectFile(`${folder}/a.dcm`);
    assertEquals(record, {
      file: `${folder}/a.dcm`,
      format: "dicom",
      transferSyntax: "1.2.840.10008.1.2.1",
      rows: 2,
      columns: 3,
      frames: 1,
      samplesPerPixel: 1,
      bitsStored: 12,
      signed: false,
      photometric: "MONOCHROME2",
      pixelSpacingMm: null,
      spacingSource: "none",
      pixelAspect: 1,
      facing: "unknown",
      laterality: "unknown",
      remarks: [],
      storedSha256: radiograph.storedSha256,
    });
  });
  await closeSharedReader();
});

Deno.test("files that are not films give an error: missing, empty, a folder, a web page, a zip, a text named .dcm", async () => {
  const files = {
    "empty.dcm": "",
    "page.dcm": "<!DOCTYPE html><html>moved</html>",
    "zip.dcm": "PK\x03\x04rest",
    "text.dcm": "Patient Doe has a hip.",
  };
  await withFiles(files, async (folder) => {
    const code = async (name: string) => {
      const record = await inspectFile(`${folder}/${name}`);
      assert("error" in record);
      return [record.error.code, record.error.message.replace(/^.*got /, "")];
    };
    assertEquals((await code("none.dcm"))[0], "not-found");
    assertEquals((await code(""))[0], "unreadable");
    assertEquals((await code("empty.dcm"))[0], "empty");
    assertEquals(await code("page.dcm"), ["not-an-image", "a web page"]);
    assertEquals(await code("zip.dcm"), ["not-an-image", "a ZIP archive"]);
    assertEquals(await code("text.dcm"), ["not-an-image", "22 bytes of an unknown format"]);
  });
  await closeSharedReader();
});

Deno.test("a frame that the file does not have is an error that says which frames it has", async () => {
  await withFiles({ "a.dcm": film() }, async (folder) => {
    assertEquals((await readRadiograph(`${folder}/a.dcm`, { frame: 0 })).widthPx, 3);
    const error = await readRadiograph(`${folder}/a.dcm`, { frame: 1 }).catch((error) => error);
    assert(error instanceof RadiographError && error.message.includes("must be 0 to 0, got 1"), `${error}`);
    assertEquals([error.code, error.fix.includes("Choose a frame")], ["multi-frame", true]);
  });
  await closeSharedReader();
});

Deno.test("a wrong file name extension does not matter", async () => {
  await withFiles({ "film.png": film() }, async (folder) => {
    assertEquals((await readRadiograph(`${folder}/film.png`)).widthPx, 3);
  });
  await closeSharedReader();
});

Deno.test("a film that exceeds the time limit is rejected; with the default limit that film and another are read at the same time", async () => {
  // 48 million blank pixels: a small file that gets little extra time, but far more work than 10 ms allow.
  const { encodePng } = await import("../../src/image/encode_png.ts");
  const large = encodePng({ widthPx: 8000, heightPx: 6000, samples: new Uint8Array(48e6) }, { level: 9 });
  await withFiles({ "large.png": large, "small.dcm": film() }, async (folder) => {
    const limited = new FilmReader({ timeLimitMs: 10 });
    try {
      const error = await limited.read(`${folder}/large.png`).then(() => null, (error) => error);
      assert(error instanceof RadiographError);
      assertEquals([error.code, error.file], ["time-limit", `${folder}/large.png`]);
    } finally {
      await limited.close();
    }
    const reader = new FilmReader();
    try {
      const [big, small] = await Promise.all([
        reader.read(`${folder}/large.png`),
        reader.read(`${folder}/small.dcm`),
      ]);
      assertEquals([big.radiograph.widthPx, small.radiograph.widthPx], [8000, 3]);
    } finally {
      await reader.close();
    }
  });
});

Deno.test("reading with a closed reader, and creating one with invalid options, is an error", async () => {
  const reader = new FilmReader();
  await reader.close();
  await withFiles({ "a.dcm": film() }, async (folder) => {
    await assertRejects(() => reader.read(`${folder}/a.dcm`), TypeError, "closed");
  });
  await assertRejects(
    () => Promise.resolve().then(() => new FilmReader({ workers: 0 })),
    RangeError,
    "positive",
  );
});

Deno.test({
  name: "every hostile DICOM file has the expected outcome: a clear error, or an image",
  ignore,
  async fn() {
    const reader = new FilmReader({ workers: 2 });
    try {
      const manifest: { file: string; expect: string }[] = await sharedJson("hostile_dicom/manifest.json");
      const answers = await Promise.all(
        manifest.map(({ file }) => reader.inspect(new URL(`hostile_dicom/${file}`, sharedData).pathname)),
      );
      manifest.forEach(({ file, expect }, i) => {
        const answer = answers[i];
        if (expect.startsWith("clear error")) {
          assert("error" in answer, `${file} gave a picture`);
          assert(
            !["time-limit", "memory-limit"].includes(answer.error.code),
            `${file}: ${answer.error.code}`,
          );
          assert(answer.error.message.startsWith("Cannot ") && answer.error.fix.length > 0, file);
        }
        if (expect.startsWith("readable")) assert("storedSha256" in answer, `${file} was refused`);
      });
    } finally {
      await reader.close();
    }
  },
});
