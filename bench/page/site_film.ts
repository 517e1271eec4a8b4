import { resize } from "../../src/image/resize.ts";
import { paperCohort, patientOf, renderRadiograph } from "../../src/mod.ts";
import { dicomFile } from "../../tests/radiograph/make_dicom.ts";
import { filmElements } from "../../tests/radiograph/every_container.ts";

/** A synthetic pelvis as an uncompressed DICOM film of 2000 x 2500 pixels, 12 bits. */
export function encodeFilm(): Uint8Array {
  const { image } = renderRadiograph(patientOf(paperCohort(1).patients[0]), { widthPx: 1000 });
  const top = 2 ** image.bitsStored - 1, dark = image.photometric === "MONOCHROME1";
  const pixels = Float32Array.from(image.stored, (v) => (dark ? top - v : v) / top);
  const widthPx = 2000, heightPx = 2500, upPx = Math.round(image.heightPx * 2000 / image.widthPx);
  const drawn = resize({ kind: "grey-image", widthPx: image.widthPx, heightPx: image.heightPx, pixels }, {
    widthPx,
    heightPx: upPx,
  });
  const words = new Uint16Array(widthPx * heightPx),
    from = Math.max(0, Math.round((heightPx - upPx) / 2)) * widthPx;
  drawn.pixels.subarray(0, words.length - from).forEach((
    v,
    i,
  ) => (words[from + i] = Math.round(4095 * Math.min(1, Math.max(0, v)))));
  return dicomFile(
    filmElements({ words, widthPx, heightPx, bitsStored: 12 }, [
      "7FE00010",
      "OW",
      new Uint8Array(words.buffer),
    ]),
  );
}
