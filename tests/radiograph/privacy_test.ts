import { assert, assertEquals } from "@std/assert";
import { encodePng } from "../../src/image/encode_png.ts";
import { decodeJob } from "../../src/radiograph/decode_job.ts";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { parseStored } from "../../src/radiograph/parse_stored.ts";
import { RadiographError } from "../../src/radiograph/guard/radiograph_error.ts";
import { preflight } from "../../src/study/preflight/preflight.ts";
import { type Element, film } from "./make_dicom.ts";
import { hasSharedData, sharedBytes } from "./shared_data.ts";

/** Text that must not appear in any result or error. */
const token = "ZZPLANTED";
/** Enough time on any machine. */
const timeLimitMs = 60_000;

/** The token in names, numbers, dates, comments, private tags, sequences, and code fields. */
const planted: Record<string, Element> = Object.fromEntries(
  ([
    ["00080020", "DA", "19010203"],
    ["00080050", "SH", token],
    ["00080080", "LO", token],
    ["00080090", "PN", `${token}^Referring`],
    ["00081030", "LO", token],
    ["00100010", "PN", `${token}^Jane`],
    ["00100020", "LO", token],
    ["00100030", "DA", "19010203"],
    ["00104000", "LT", token],
    ["00180015", "CS", token],
    ["00185101", "CS", token],
    ["00080060", "CS", token],
    ["00200060", "CS", token],
    ["00200062", "CS", token],
    ["00204000", "LT", token],
    ["00280301", "CS", token],
    ["00281056", "CS", token],
    ["00090010", "LO", token],
    ["00091001", "LO", token],
    ["00400275", "SQ", [[["00400007", "LO", token]]]],
    ["00281055", "LO", token],
  ] as Element[]).map((element) => [element[0], element]),
);

function shared(bytes: Uint8Array): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(bytes.length);
  new Uint8Array(memory).set(bytes);
  return memory;
}

/** Everything an object exposes: keys, values, and for errors their message, fix, stack and causes. */
function everything(value: unknown): string {
  if (value instanceof Error) {
    return [value.message, value.stack, JSON.stringify({ ...value }), everything(value.cause ?? "")].join(
      "\n",
    );
  }
  return JSON.stringify(value, (_, inner) => ArrayBuffer.isView(inner) ? "" : inner) ?? "";
}

/** Fails if the token, or the planted date, is found. */
function assertClean(value: unknown, what: string) {
  const text = everything(value);
  assert(!text.includes(token) && !text.includes("19010203"), `${what} shows ${text.slice(0, 300)}`);
}

Deno.test("planted names, ids, dates and comments of a DICOM header appear in no result", async () => {
  const bytes = film(planted);
  const radiograph = await parseRadiograph(bytes), stored = await parseStored(bytes);
  assertClean(radiograph, "the radiograph");
  assertEquals([stored.facts.bodyPart, stored.facts.viewPosition, stored.facts.modality], ["", "", ""]);
  assertClean(stored.facts, "the facts");
  assertClean(preflight({ radiograph, facts: stored.facts }), "the preflight");
  const answer = await decodeJob({
    id: 1,
    kind: "inspect",
    bytes: shared(bytes),
    file: "film.dcm",
    timeLimitMs,
  });
  assertClean(answer, "the inspect record");
});

Deno.test("no error contains a text that was planted in the header", async () => {
  const places: Element[] = [
    ["00280004", "CS", token],
    ["00280008", "IS", token],
    ["00280030", "DS", token],
    ["00281052", "DS", token],
    ["00281053", "DS", token],
    ["00281050", "DS", token],
    ["00281051", "DS", token],
    ["00280010", "LO", token],
    ["00280100", "LO", token],
    ["00080016", "UI", token],
    ["00283000", "SQ", [[["00283002", "LO", token]]]],
  ];
  for (const place of places) {
    const bytes = film({ ...planted, [place[0]]: place });
    assertClean(await parseRadiograph(bytes).catch((error) => error), place[0]);
    assertClean(
      await decodeJob({ id: 1, kind: "inspect", bytes: shared(bytes), file: "film.dcm", timeLimitMs }),
      place[0],
    );
  }
  for (const options of [{ uid: token }, { sop: token }]) {
    assertClean(
      await parseRadiograph(film(planted, options)).catch((error) => error),
      JSON.stringify(options),
    );
  }
  const whole = film(planted);
  for (let length = 200; length < whole.length; length += 29) {
    assertClean(await parseRadiograph(whole.slice(0, length)).catch((error) => error), `cut at ${length}`);
  }
});

Deno.test("text files that contain a name are rejected with an error that does not contain the name", async () => {
  for (const text of [`${token} has a hip`, `<html>${token}</html>`, `{"patient":"${token}"}`]) {
    const error = await parseRadiograph(new TextEncoder().encode(text)).catch((error) => error);
    assert(error instanceof RadiographError);
    assertClean(error, text);
  }
});

Deno.test("a text chunk of a PNG appears in no result", async () => {
  const png = encodePng({ widthPx: 2, heightPx: 1, samples: Uint8Array.of(1, 2) });
  const { crc32 } = await import("node:zlib");
  const body = new TextEncoder().encode(`tEXtAuthor\0${token}`), chunk = new Uint8Array(body.length + 8);
  new DataView(chunk.buffer).setUint32(0, body.length - 4);
  chunk.set(body, 4);
  new DataView(chunk.buffer).setUint32(body.length + 4, crc32(body));
  const bytes = new Uint8Array([...png.subarray(0, 33), ...chunk, ...png.subarray(33)]);
  assertClean(await parseRadiograph(bytes), "the radiograph");
  assertClean(
    await decodeJob({ id: 1, kind: "inspect", bytes: shared(bytes), file: "film.png", timeLimitMs }),
    "the inspect record",
  );
});

Deno.test({
  name: "EXIF: the orientation is applied, and no other facts are added",
  ignore: !hasSharedData,
  async fn() {
    const bytes = await sharedBytes("raster/g8_exif6.jpg");
    const stored = await parseStored(bytes);
    assertEquals([stored.rows, stored.columns], [203, 181]);
    assertEquals(Object.keys(stored.facts).sort(), [
      "askew",
      "bodyPart",
      "burnedIn",
      "facing",
      "headerSide",
      "modality",
      "pages",
      "pixelAspect",
      "pixelSpacingMm",
      "spacingSource",
      "viewPosition",
    ]);
  },
});
