import { assertEquals } from "@std/assert";
import { noFacts } from "../../../src/radiograph/stored/stored_image.ts";
import { preflight } from "../../../src/study/preflight/preflight.ts";
import type { FilmHeads, HeadMask, Radiograph } from "../../../src/types.ts";

function film(widthPx = 400, heightPx = 300, value = (i: number) => (i * 37) % 256): Radiograph {
  return {
    kind: "radiograph",
    widthPx,
    heightPx,
    pixels: Float32Array.from({ length: widthPx * heightPx }, (_, i) => value(i)),
    padding: null,
    bitsStored: 8,
    pixelSpacingMm: [0.2, 0.2],
    spacingSource: "PixelSpacing",
    headerSide: "unknown",
    storedSha256: "",
  };
}

function heads(quality: string[], ...ofHeads: string[][]): FilmHeads {
  const head = (codes: string[]): HeadMask => ({
    kind: "head-mask",
    side: "right",
    centerPx: [10, 10],
    radiusPx: 30,
    areaPx: 2800,
    confidence: 0.9,
    quality: codes,
    boxPx: { x: 0, y: 0, width: 1, height: 1 },
    mask: new Uint8Array(1),
  });
  return { kind: "film-heads", heads: ofHeads.map(head), quality };
}

/** Verdict and finding codes of a film. */
function judge(...args: Parameters<typeof preflight>): [string, ...string[]] {
  const { verdict, reasons } = preflight(...args);
  return [verdict, ...reasons.map(({ code }) => code)];
}

Deno.test("a sound film passes, with and without heads", () => {
  assertEquals(judge({ radiograph: film() }), ["pass"]);
  assertEquals(judge({ radiograph: film(), facts: noFacts, heads: heads([], [], []) }), ["pass"]);
});

Deno.test("pixels: a blank and a tiny film and a mask are refused; a strip, few grey levels and clipped values warn", () => {
  assertEquals(judge({ radiograph: film(400, 300, () => 7) }), ["refuse", "blank"]);
  assertEquals(judge({ radiograph: film(64, 64) }), ["refuse", "too-small"]);
  assertEquals(judge({ radiograph: film(1300, 300) }), ["warn", "odd-shape"]);
  assertEquals(judge({ radiograph: film(400, 300, (i) => i % 2) }), ["refuse", "few-levels", "clipped"]);
  assertEquals(judge({ radiograph: film(400, 300, (i) => i % 40) }), ["warn", "few-levels"]);
  assertEquals(judge({ radiograph: film(400, 300, (i) => i % 4 ? 0 : i % 251) }), ["warn", "clipped"]);
});

Deno.test("a film that is blank except for padding counts as blank", () => {
  const radiograph = film(400, 300, (i) => i % 9);
  assertEquals(
    judge({
      radiograph: {
        ...radiograph,
        padding: Uint8Array.from(radiograph.pixels, (v) => v === 4 ? 0 : 1),
      },
    }),
    ["refuse", "blank"],
  );
});

Deno.test("header: modality, body part, view, burnt-in text; spacing is mentioned without changing the verdict", () => {
  const radiograph = film();
  assertEquals(judge({ radiograph, facts: { ...noFacts, modality: "CT" } }), ["refuse", "not-a-film"]);
  assertEquals(judge({ radiograph, facts: { ...noFacts, bodyPart: "CHEST" } }), ["warn", "body-part"]);
  assertEquals(
    judge({ radiograph, facts: { ...noFacts, bodyPart: "PELVIS", viewPosition: "AXIAL", burnedIn: true } }),
    [
      "warn",
      "view",
      "burnt-in",
    ],
  );
  assertEquals(judge({ radiograph: { ...radiograph, spacingSource: "none" } }), ["pass", "no-spacing"]);
  assertEquals(judge({ radiograph: { ...radiograph, spacingSource: "ImagerPixelSpacing" } }), [
    "pass",
    "detector-spacing",
  ]);
});

Deno.test("heads: a film without a head is refused; an inverted film, an implant, a third head, a head at the border and contradictory sides warn; a single head is mentioned", () => {
  const radiograph = film();
  assertEquals(judge({ radiograph, heads: heads(["no-head"]) }), ["refuse", "no-head"]);
  assertEquals(judge({ radiograph, heads: heads(["inverted", "implant", "extra-head"], [], []) }), [
    "warn",
    "polarity",
    "implant",
    "extra-head",
  ]);
  assertEquals(judge({ radiograph, heads: heads(["one-head"], ["border", "side-conflict"]) }), [
    "warn",
    "border",
    "side-conflict",
    "one-head",
  ]);
  assertEquals(judge({ radiograph, heads: heads([], ["border"], ["border"]) }), ["warn", "border"]);
  assertEquals(judge({ radiograph, heads: heads([], ["constructor"], []) }), ["warn", "constructor"]);
});

Deno.test("limits: 200 pixels, an aspect of 4 to 1, 16 and 64 grey levels, 60 and 95 % of the pixels at the ends of the grey scale", () => {
  assertEquals(judge({ radiograph: film(200, 400) }), ["pass"]);
  assertEquals(judge({ radiograph: film(199, 400) }), ["refuse", "too-small"]);
  assertEquals(judge({ radiograph: film(1200, 300) }), ["pass"]);
  assertEquals(judge({ radiograph: film(1201, 300) }), ["warn", "odd-shape"]);
  for (
    const [levels, expected] of [[15, ["refuse", "few-levels"]], [16, ["warn", "few-levels"]], [63, [
      "warn",
      "few-levels",
    ]], [64, ["pass"]]] as const
  ) {
    assertEquals(judge({ radiograph: film(400, 300, (i) => i % levels) }), [...expected], `${levels} levels`);
  }
  // Of 120,000 pixels the first few are black and one is white.
  const clipped = (atEnds: number) =>
    judge({ radiograph: film(400, 300, (i) => i < atEnds - 1 ? 0 : i === 119_999 ? 255 : 1 + i % 254) });
  assertEquals(clipped(72_000), ["pass"]);
  assertEquals(clipped(72_001), ["warn", "clipped"]);
  assertEquals(clipped(114_000), ["warn", "clipped"]);
  assertEquals(clipped(114_001), ["refuse", "clipped"]);
});

Deno.test("an implausible spacing is reported with the resulting head size: geometric mean of both spacings, three digits", () => {
  const radiograph = { ...film(), pixelSpacingMm: [0.2, 0.5] } as const; // 60 px x 0.316 mm
  const { reasons } = preflight({ radiograph, heads: heads(["odd-spacing"], []) });
  const { message, severity } = reasons.find(({ code }) => code === "odd-spacing")!;
  assertEquals([severity, /diameter of ([\d.]+) mm/.exec(message)?.[1]], ["warn", "19.0"]);
});
