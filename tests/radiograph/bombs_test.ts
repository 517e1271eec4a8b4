import { assert, assertEquals } from "@std/assert";
import { deflateRawSync } from "node:zlib";
import { encodePng } from "../../src/image/encode_png.ts";
import { inflateCapped } from "../../src/radiograph/guard/inflate_capped.ts";
import { parseStored } from "../../src/radiograph/parse_stored.ts";
import { RadiographError } from "../../src/radiograph/guard/radiograph_error.ts";
import { dicomFile, type Element, film } from "./make_dicom.ts";

async function code(bytes: Uint8Array): Promise<string> {
  const error = await parseStored(bytes).then(() => null, (error) => error);
  assert(error instanceof RadiographError, `got ${error}`);
  return error.code;
}

Deno.test("inflateCapped: accepts as many bytes as the limit, rejects one byte more, distinguishes truncated from damaged data", () => {
  const data = deflateRawSync(new Uint8Array(1000));
  const inflate = (maxBytes: number, bytes: Uint8Array = data) => {
    try {
      return inflateCapped(bytes, { maxBytes, raw: true }).length;
    } catch (error) {
      return (error as RadiographError).code;
    }
  };
  assertEquals(inflate(1000), 1000);
  assertEquals(inflate(999), "too-large");
  assertEquals(inflate(1000, data.subarray(0, data.length - 3)), "truncated");
  assertEquals(inflate(1000, Uint8Array.of(0xff, 0xff, 0xff)), "corrupt");
});

Deno.test("a deflated data set that inflates beyond 200 MB is rejected", async () => {
  const bomb = deflateRawSync(new Uint8Array(250_000_000), { level: 1 });
  const bytes = new Uint8Array([...dicomFile([], { uid: "1.2.840.10008.1.2.1.99" }), ...bomb]);
  assertEquals(await code(bytes), "too-large");
});

Deno.test("20,000 x 20,000 pixels are rejected in DICOM and PNG", async () => {
  assertEquals(
    await code(film({ "00280010": ["00280010", "US", 20000], "00280011": ["00280011", "US", 20000] })),
    "too-large",
  );
  const png = encodePng({ widthPx: 1, heightPx: 1, samples: Uint8Array.of(0) }),
    view = new DataView(png.buffer);
  view.setUint32(16, 20000);
  view.setUint32(20, 20000);
  const { crc32 } = await import("node:zlib");
  view.setUint32(29, crc32(png.subarray(12, 29)));
  assertEquals(await code(png), "too-large");
});

Deno.test("sequences nested 20,000 deep give an error, not a crash", async () => {
  const depth = 20000,
    open = [
      0x08,
      0,
      0x15,
      0x11,
      0x53,
      0x51,
      0,
      0,
      0xff,
      0xff,
      0xff,
      0xff,
      0xfe,
      0xff,
      0,
      0xe0,
      0xff,
      0xff,
      0xff,
      0xff,
    ];
  const nested = new Uint8Array(depth * open.length);
  for (let i = 0; i < depth; i++) nested.set(open, i * open.length);
  assert(["corrupt", "truncated"].includes(await code(new Uint8Array([...dicomFile([]), ...nested]))));
});

Deno.test("a codestream that has a different size, ends early or starts with an unknown marker is rejected", async () => {
  const encapsulated = (stream: number[]): Element => {
    const item = (length: number) => [0xfe, 0xff, 0x00, 0xe0, length & 255, length >> 8, 0, 0];
    return [
      "7FE00010",
      "OB",
      new Uint8Array([...item(0), ...item(stream.length), ...stream, 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]),
    ];
  };
  const at = (stream: number[]) => {
    const bytes = film({ "7FE00010": encapsulated(stream) }, { uid: "1.2.840.10008.1.2.4.70" });
    new DataView(bytes.buffer).setUint32(bytes.length - stream.length - 8 - 8 - 8 - 4, 0xffffffff, true);
    return code(bytes);
  };
  const sof = (
    rows: number,
    columns: number,
  ) => [0xff, 0xc3, 0, 11, 12, rows >> 8, rows & 255, columns >> 8, columns & 255, 1, 1, 0x11, 0];
  assertEquals(await at([0xff, 0xd8, ...sof(65535, 65535), 0xff, 0xd9, 0]), "mismatch");
  assertEquals(await at([0xff, 0xd8, ...sof(2, 3), 0xff, 0xda, 0, 2, 1]), "truncated");
  assertEquals(await at([0x12, 0x34, ...sof(2, 3), 0xff, 0xd9, 0]), "corrupt");
});
