import { assert, assertEquals } from "@std/assert";
import { seededPrng } from "../../../src/array/seeded_prng.ts";
import { write } from "../../../src/phantom/film/dressing.ts";
import { sheet } from "../../../src/phantom/sheet/path_length.ts";
import { filmOverview } from "../../../src/segmentation/view/film_overview.ts";
import { readSideLetters } from "../../../src/segmentation/sides/read_side_letters.ts";
import type { GreyImage } from "../../../src/types.ts";

const WIDTH = 900, HEIGHT = 700;

interface Word {
  text: string;
  x: number;
  y: number;
  size: number;
  mirrored?: boolean;
  thick?: number;
}

/** A grey gradient with noise and words on it. */
function film(words: readonly Word[], { seed = 1, scale = 1 } = {}): GreyImage {
  const prng = seededPrng(seed), page = sheet(WIDTH * scale, HEIGHT * scale);
  for (let i = 0; i < page.values.length; i++) {
    page.values[i] = (i % page.widthPx) / page.widthPx + 0.03 * prng.normal();
  }
  for (const { text, x, y, size, mirrored, thick = 0.08 } of words) {
    const px = size * scale;
    write(page, text, {
      x: x * scale,
      y: y * scale,
      size: px,
      thick: thick * px,
      mirrored,
      ink: (value) => value + 0.7,
    });
  }
  return {
    kind: "grey-image",
    widthPx: page.widthPx,
    heightPx: page.heightPx,
    pixels: Float32Array.from(page.values),
  };
}

const read = (image: GreyImage) => readSideLetters(image, filmOverview(image));

Deno.test("at least 22 of 24 letters L and R of different position and size are read, mirrored ones as mirrored", () => {
  let missed = 0;
  for (let seed = 1; seed <= 12; seed++) {
    const prng = seededPrng(seed),
      size = 22 + 38 * prng(),
      mirrored = seed % 2 === 0,
      thick = 0.06 + 0.05 * prng();
    const words = [
      { text: "R", x: 60 + 60 * prng(), y: 80 + 400 * prng(), size, mirrored, thick },
      { text: "L", x: 700 + 60 * prng(), y: 80 + 400 * prng(), size, mirrored, thick },
    ];
    const found = read(film(words, { seed, scale: seed % 3 === 0 ? 2 : 1 }));
    missed += 2 - found.length;
    for (const letter of found) {
      const scale = seed % 3 === 0 ? 2 : 1, word = words[letter.side === "right" ? 0 : 1];
      assertEquals(letter.mirrored, mirrored);
      assert(
        Math.abs(letter.centerPx[0] / scale - word.x) < size,
        `letter found at ${letter.centerPx}, drawn at ${word.x}`,
      );
      assert(Math.abs(letter.centerPx[1] / scale - word.y - size / 2) < size / 2);
    }
  }
  assert(missed <= 2, `${missed} of 24 letters missed`);
});

Deno.test("other letters, digits and shapes are not side markers", () => {
  const others = ["P", "A", "E", "X", "1", "2", "7", "4", "0", ":"];
  for (const mirrored of [false, true]) {
    const words = others.map((text, i) => ({
      text,
      x: 80 + (i % 5) * 160,
      y: 150 + 300 * Math.floor(i / 5),
      size: 40,
      mirrored,
    }));
    assertEquals(read(film(words)), []);
  }
  const shapes = film([]);
  for (let i = 0; i < shapes.pixels.length; i++) {
    const x = i % WIDTH, y = Math.floor(i / WIDTH);
    const disc = Math.hypot(x - 200, y - 200) < 18, ring = Math.abs(Math.hypot(x - 400, y - 200) - 20) < 4;
    const bar = x > 600 && x < 608 && y > 180 && y < 230,
      screw = Math.abs(x - 300 - (y - 400) / 2) < 5 && y > 400 && y < 450;
    if (disc || ring || bar || screw) shapes.pixels[i] += 0.7;
  }
  assertEquals(read(shapes), []);
});
