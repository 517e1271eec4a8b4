/**
 * Our JPEG and PNG encoders and our PNG decoder compared with sharp and fast-png: bytes, error and time.
 *
 *     deno task bench bench/page/encoders.ts
 *
 * JPEG: crops of 128 x 128 pixels, as in the page, of the first 24 heads of synthetic films (cohorts `hard` and `paper`
 * in turn);
 * sharp with Huffman tables optimised for each image (`optimiseCoding`) and with its mozjpeg settings. PNG: a whole
 * film of 16 bits.
 */
import { decode, encode } from "fast-png";
import sharp from "sharp";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { crop } from "../../src/image/crop.ts";
import { encodeJpeg } from "../../src/image/encode_jpeg.ts";
import { encodePng } from "../../src/image/encode_png.ts";
import { resize } from "../../src/image/resize.ts";
import { renderRadiograph } from "../../src/phantom/film/render_radiograph.ts";
import { samplePatient } from "../../src/phantom/patient/sample_patient.ts";
import { readPng } from "../../src/radiograph/raster/read_png.ts";

const SIZE_PX = 128, HEADS = 24, TURNS = 7;
const { films, heads } = pictures();

/** Mean number of bytes, root mean square error (grey values from 0 to 255) and milliseconds of an encoder. */
async function measure(make: (samples: Uint8Array) => Promise<Uint8Array> | Uint8Array): Promise<string> {
  await make(heads[0]); // warm-up
  let bytes = 0, error = 0, ms = 0;
  for (const samples of heads) {
    const started = performance.now(), jpeg = await make(samples);
    ms += performance.now() - started;
    bytes += jpeg.length;
    const seen = await sharp(jpeg).greyscale().raw().toBuffer();
    error += Math.sqrt(seen.reduce((sum, v, i) => sum + (v - samples[i]) ** 2, 0) / seen.length);
  }
  const n = heads.length;
  return `${(bytes / n).toFixed(0)} bytes, error ${(error / n).toFixed(2)}, ${(ms / n).toFixed(2)} ms`;
}

const raw = { raw: { width: SIZE_PX, height: SIZE_PX, channels: 1 } } as const;
for (const quality of [80, 55]) {
  const bySharp = (options: { optimiseCoding?: boolean; mozjpeg?: boolean }) =>
    measure(async (samples) =>
      new Uint8Array(await sharp(samples, raw).jpeg({ quality, ...options }).toBuffer())
    );
  const ours = await measure((samples) =>
    encodeJpeg({ widthPx: SIZE_PX, heightPx: SIZE_PX, samples }, { quality })
  );
  console.log(`JPEG, quality ${quality}, ${heads.length} heads`);
  console.log(`  ours:            ${ours}`);
  console.log(`  sharp:           ${await bySharp({ optimiseCoding: true })}`);
  console.log(`  sharp, mozjpeg:  ${await bySharp({ mozjpeg: true })}`);
}

const { widthPx, heightPx, stored } = films[0], samples = Uint16Array.from(stored);
const median = (run: () => unknown) => {
  const times = Array.from({ length: TURNS }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return `${times.sort((a, b) => a - b)[TURNS >> 1].toFixed(0)} ms`;
};
const png = encodePng({ widthPx, heightPx, samples });
const theirs = { width: widthPx, height: heightPx, channels: 1, depth: 16, data: samples } as const;
console.log(`PNG, ${widthPx} x ${heightPx}, 16 bits`);
console.log(
  `  ours:      ${png.length} bytes, encoded in ${
    median(() => encodePng({ widthPx, heightPx, samples }))
  }, ` +
    `decoded in ${median(() => readPng(png))}`,
);
console.log(
  `  fast-png:  ${encode(theirs).length} bytes, encoded in ${median(() => encode(theirs))}, ` +
    `decoded in ${median(() => decode(png))}`,
);

function pictures() {
  const films = [], heads: Uint8Array[] = [];
  for (let seed = 1; heads.length < HEADS; seed++) {
    const patient = samplePatient(seededPrng(seed), { setting: seed % 2 ? "hard" : "paper" });
    const { image, truth } = renderRadiograph(patient, { widthPx: 700 });
    films.push(image);
    const most = 2 ** patient.processing.bits - 1;
    const film = {
      kind: "grey-image",
      widthPx: image.widthPx,
      heightPx: image.heightPx,
      pixels: Float32Array.from(image.stored, (v) => v / most),
    } as const;
    for (const { centerPx: [x, y], radiusPx } of truth.heads) {
      const side = Math.round(3.2 * radiusPx),
        left = Math.round(x - side / 2),
        top = Math.round(y - side / 2);
      if (left < 0 || top < 0 || left + side > film.widthPx || top + side > film.heightPx) continue;
      const head = crop(film, { x: left, y: top, width: side, height: side });
      const { pixels } = resize(head, { widthPx: SIZE_PX, heightPx: SIZE_PX });
      heads.push(Uint8Array.from(pixels, (v) => Math.round(255 * Math.min(1, Math.max(0, v)))));
    }
  }
  return { films, heads: heads.slice(0, HEADS) };
}
