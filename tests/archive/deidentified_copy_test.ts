import { assert, assertEquals } from "@std/assert";
import { deidentifiedCopy } from "../../src/archive/deidentified_copy.ts";
import { parseRadiograph } from "../../src/radiograph/parse_radiograph.ts";
import { type Element, film } from "../radiograph/make_dicom.ts";

const copyOf = async (bytes: Uint8Array) =>
  (await deidentifiedCopy(bytes, () => Promise.resolve("0123456789abcdef"))).bytes;
const textOf = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);

Deno.test("deidentifiedCopy: a modality look-up table keeps its values but not its explanation", async () => {
  const secret = "ZZSECRETZZ";
  const table: Element = ["00283000", "SQ", [[
    ["00283002", "US", [4, 0, 16]],
    ["00283003", "LO", secret],
    ["00283006", "US", [900, 30, 20, 10]],
  ]]];
  const original = film({ "00283000": table });
  assert(textOf(original).includes(secret));
  const copy = await copyOf(original);
  assertEquals(textOf(copy).includes(secret), false);
  assertEquals([...(await parseRadiograph(copy)).pixels], [...(await parseRadiograph(original)).pixels]);
});

Deno.test("deidentifiedCopy: colour tables are kept", async () => {
  const descriptor = (tag: string): [string, Element] => [tag, [tag, "US", [4, 0, 16]]];
  const values = (tag: string, numbers: number[]): [string, Element] => [tag, [
    tag,
    "OW",
    new Uint8Array(Uint16Array.from(numbers).buffer),
  ]];
  const copy = await copyOf(film(Object.fromEntries([
    ...["00281101", "00281102", "00281103"].map(descriptor),
    values("00281201", [0x4141, 0x4242, 0x4343, 0x4444]),
    values("00281202", [0x4545, 0x4646, 0x4747, 0x4848]),
    values("00281203", [0x4949, 0x4a4a, 0x4b4b, 0x4c4c]),
  ])));
  for (const bytes of ["AABBCCDD", "EEFFGGHH", "IIJJKKLL"]) assert(textOf(copy).includes(bytes), bytes);
});
