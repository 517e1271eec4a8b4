/**
 * CPU time to render one synthetic film, median over films of different patients:
 *
 *   deno run --allow-read --allow-sys bench/phantom/phantom.ts [FILMS]
 */
import process from "node:process";
import { seededPrng } from "../../src/array/seeded_prng.ts";
import { renderRadiograph } from "../../src/phantom/film/render_radiograph.ts";
import { samplePatient } from "../../src/phantom/patient/sample_patient.ts";
import { trainingFilm } from "../../src/phantom/film/training_film.ts";

const films = Number(Deno.args[0] ?? 60);

/** User and system time of this process with all its threads, ms. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function measure(name: string, run: (seed: number) => unknown): number {
  for (let i = 0; i < 40; i++) run(i); // warm-up: builds the templates and compiles the code
  const times = Array.from({ length: films }, (_, i) => {
    const start = cpuMs();
    run(1000 + i);
    return cpuMs() - start;
  }).sort((a, b) => a - b);
  const at = (q: number) => times[Math.min(films - 1, Math.floor(q * films))].toFixed(1);
  console.log(
    `${name}: median ${at(0.5)} ms of CPU time, quartiles ${at(0.25)} to ${at(0.75)}, ${films} films`,
  );
  return Number(at(0.5));
}

const full = measure(
  "film of 1024 x 1024",
  (seed) => renderRadiograph(samplePatient(seededPrng(seed)), { widthPx: 1024, heightPx: 1024 }),
);
const small = measure("training film of 512 px", (seed) => trainingFilm(seededPrng(seed), { sizePx: 512 }));
console.log(`phantom ${full} ms at 1024 (250 allowed), ${small} ms at 512 (90 allowed)`);
