import { assert, assertClose, assertEquals } from "@std/assert";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { type AxisOptions, type AxisWeights, axisWeights } from "../../src/image/axis_weights.ts";
import { resample } from "../../src/image/resample.ts";
import { resampleKernel } from "../../src/image/resample_kernel.ts";
import type { GreyImage, GreyValues } from "../../src/types.ts";

const prng = seededPrng(11);

function picture<V extends GreyValues>(
  Values: new (n: number) => V,
  widthPx: number,
  heightPx: number,
): GreyImage<V> {
  const pixels = new Values(widthPx * heightPx),
    most = { 1: 255, 2: 65_535, 4: 1 }[pixels.BYTES_PER_ELEMENT]!;
  for (let i = 0; i < pixels.length; i++) pixels[i] = most * prng();
  return { kind: "grey-image", widthPx, heightPx, pixels };
}

/** Reference: every output pixel computed directly in 64 bits. */
function direct(
  { widthPx, pixels }: GreyImage<GreyValues>,
  { x, y, fill }: { x: AxisWeights; y: AxisWeights; fill: number },
): number[] {
  const out: number[] = [];
  for (let j = 0; j < y.first.length; j++) {
    for (let i = 0; i < x.first.length; i++) {
      let sum = 0;
      for (let r = 0; r < y.start[j + 1] - y.start[j]; r++) {
        for (let c = 0; c < x.start[i + 1] - x.start[i]; c++) {
          sum += y.weights[y.start[j] + r] * x.weights[x.start[i] + c] *
            pixels[(y.first[j] + r) * widthPx + x.first[i] + c];
        }
      }
      const outside = 1 - (1 - x.outside[i]) * (1 - y.outside[j]);
      out.push(outside === 0 ? sum : sum + outside * fill);
    }
  }
  return out;
}

function axis(inPx: number): AxisWeights {
  const step = 0.3 + 5 * prng() ** 2, outPx = 1 + prng.integer(40);
  const options: AxisOptions = {
    ...{ inPx, outPx, step },
    origin: (inPx - 1) / 2 - step * (outPx - 1) / 2 + inPx * 0.4 * (prng() - 0.5),
    kernel: prng() < 0.5 ? "area" : "triangle",
    clamp: prng() < 0.4,
  };
  return axisWeights(options);
}

Deno.test("resample: every pixel is the weighted sum, for all sample types, at 200 random sizes and positions", () => {
  for (let k = 0; k < 200; k++) {
    const widthPx = 1 + prng.integer(90), heightPx = 1 + prng.integer(70);
    const x = axis(widthPx), y = axis(heightPx), fill = prng() < 0.3 ? NaN : prng();
    for (const Values of [Float32Array, Uint16Array, Uint8Array]) {
      const image = picture<GreyValues>(Values, widthPx, heightPx);
      const most = { 1: 255, 2: 65_535, 4: 1 }[image.pixels.BYTES_PER_ELEMENT]!;
      const { pixels, ...size } = resample(image, { x, y, fill });
      assertEquals(size, { kind: "grey-image", widthPx: x.first.length, heightPx: y.first.length });
      const expected = direct(image, { x, y, fill });
      expected.forEach((value, i) => {
        if (Number.isNaN(value)) assert(Number.isNaN(pixels[i]), `pixel ${i} is partly outside`);
        else assertClose(pixels[i], value, { absolute: 2e-6 * most });
      });
    }
  }
});

Deno.test("resample: a film larger than the kernel's band of rows, whole and in part", () => {
  const film = picture(Uint16Array, 700, 900);
  const whole = { x: stretch(700, 61), y: stretch(900, 83), fill: 0 };
  assertClose(resample(film, whole).pixels, direct(film, whole), { absolute: 0.1 });
  const part = { x: strip(700, 300.2, 40), y: strip(900, 121.7, 600), fill: 0 };
  assertClose(resample(film, part).pixels, direct(film, part), { absolute: 0.1 });
  // A smaller image after a larger one: the rest of the larger one in memory must not affect it.
  const small = picture(Float32Array, 5, 3), same = { x: stretch(5, 5), y: stretch(3, 3), fill: 0 };
  assertEquals(resample(small, same).pixels, small.pixels);
});

function stretch(inPx: number, outPx: number): AxisWeights {
  const step = inPx / outPx;
  return axisWeights({ inPx, outPx, step, origin: step / 2 - 0.5, kernel: "area", clamp: true });
}

function strip(inPx: number, origin: number, outPx: number): AxisWeights {
  return axisWeights({ inPx, outPx, step: 1, origin, kernel: "triangle", clamp: false });
}

Deno.test("resampleKernel: a valid module of less than 2 KiB, whose only import is its memory", () => {
  const bytes = resampleKernel(), module = new WebAssembly.Module(bytes);
  assertEquals(WebAssembly.Module.imports(module), [{ module: "m", name: "memory", kind: "memory" }]);
  assertEquals(
    WebAssembly.Module.exports(module).map(({ name }) => name),
    ["floats", "words", "bytes", "transposeSquares", "weighColumns"],
  );
  assert(bytes.length < 2048);
});
