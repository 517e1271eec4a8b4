import { assertEquals } from "@std/assert";
import { mendVrs } from "../../../src/radiograph/dicom/mend_vrs.ts";
import { parseRadiograph } from "../../../src/radiograph/parse_radiograph.ts";
import { dataSet, dicomFile, type Element } from "../make_dicom.ts";

const before: Element[] = [["00080060", "CS", "CR"], ["00280002", "US", 1], [
  "00280004",
  "CS",
  "MONOCHROME2",
]];
const size: Element[] = [["00280010", "US", 1], ["00280011", "US", 2], ["00280100", "US", 16]];
const after: Element[] = [["00280101", "US", 12], ["00280102", "US", 11], ["00280103", "US", 0]];
const pixels: Element = ["7FE00010", "OW", new Uint8Array(Uint16Array.of(7, 4095).buffer)];
const implicit = (...elements: Element[]) => dataSet(elements, { implicit: true });
const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const read = async (
  ...parts: Uint8Array[]
) => [...(await parseRadiograph(join(dicomFile([]), ...parts))).pixels];

Deno.test("an element without a VR in a file with explicit VRs does not prevent reading, wherever that element is", async () => {
  const odd: Element = ["00291001", "UN", "ABCD"];
  const privateCreator: Element = ["00090010", "LO", "Name of a manufacturer"];
  assertEquals(await read(dataSet(before), dataSet([...size, ...after]), implicit(odd), dataSet([pixels])), [
    7,
    4095,
  ]);
  assertEquals(
    await read(
      dataSet(before.slice(0, 1)),
      implicit(privateCreator),
      dataSet([...before.slice(1), ...size, ...after, pixels]),
    ),
    [7, 4095],
  );
  // an element that the reader uses, and the pixels themselves
  assertEquals(
    await read(dataSet(before), implicit(size[0]), dataSet([size[1], size[2], ...after, pixels])),
    [7, 4095],
  );
  assertEquals(await read(dataSet([...before, ...size, ...after]), implicit(pixels)), [7, 4095]);
});

Deno.test("mendVrs: bytes that need no repair are returned themselves; an SV after an element without a VR is renamed too", () => {
  const sound = dataSet([...before, pixels]);
  assertEquals(mendVrs(sound) === sound, true);
  const long: Element = ["00720082", "SV", new Uint8Array(8)];
  const mended = mendVrs(
    join(dataSet(before), implicit(["00291001", "UN", "ABCD"]), dataSet([long, pixels])),
  );
  assertEquals(
    mended,
    join(dataSet([...before, ["00291001", "UN", "ABCD"], ["00720082", "OB", new Uint8Array(8)], pixels])),
  );
});

Deno.test("mendVrs: no VR is inserted within a sequence of known length, because that length would become wrong", () => {
  const inner = implicit(["00080100", "SH", "AB"]);
  const head = Uint8Array.of(0xfe, 0xff, 0, 0xe0, inner.length, 0, 0, 0);
  const sequence: Element = ["00081140", "SQ", join(head, inner)];
  const bytes = dataSet([...before, sequence, pixels]);
  assertEquals(mendVrs(bytes), bytes);
});
