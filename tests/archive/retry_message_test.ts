import { assertEquals } from "@std/assert";
import { caputCommand } from "../cli/run_caput.ts";
import { archivedFilm, badArchive } from "./bad_archive.ts";

Deno.test("fetch and send report a retry with the same message", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/dicom`);
  await Deno.writeFile(`${folder}/dicom/one.dcm`, archivedFilm(0));
  const archive = badArchive(
    1,
    (path, times) =>
      times === 0 && ["/series", "/studies"].includes(path) ? new Response("", { status: 503 }) : null,
  );
  try {
    const env = { CAPUT_DICOMWEB_USER: "reader", CAPUT_DICOMWEB_PASSWORD: "not-a-secret-in-a-test" };
    for (const verb of [["fetch", "--dry-run"], ["send", "dicom", "--yes"]]) {
      const { code, stderr } = await caputCommand([...verb, "--dicomweb", archive.url], folder, env).output();
      const text = new TextDecoder().decode(stderr);
      assertEquals(code, 0, text);
      assertEquals(text.match(/.*again.*/g), ["The archive is busy (503); trying again in 1 s"], text);
    }
  } finally {
    await archive.close();
    await Deno.remove(folder, { recursive: true });
  }
});
