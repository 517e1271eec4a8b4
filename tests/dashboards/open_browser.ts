import fs from "node:fs";
import type { Browser } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";

/**
 * Flags with which Chromium offers WebGPU in software, on a machine without a graphics processor. SwiftShader is the
 * only adapter for that: Dawn refuses Debian's version of Mesa's lavapipe. The second flag removes the checks that Dawn
 * adds to every index and division. This changes no result, and kernels are compiled in a third of the time.
 */
export const SOFTWARE_WEBGPU = [
  "--enable-unsafe-webgpu",
  "--enable-dawn-features=disable_robustness,disable_polyfills_on_integer_div_and_mod",
  "--use-webgpu-adapter=swiftshader",
  "--enable-features=Vulkan",
  "--use-vulkan=swiftshader",
  "--ignore-gpu-blocklist",
];

/** Debian's chromium, or null (with a message) if it is not installed. */
export async function openBrowser(
  { args = ["--disable-gpu"] }: { args?: string[] } = {},
): Promise<Browser | null> {
  try {
    await Deno.stat(CHROMIUM);
  } catch {
    console.warn(`skipped: ${CHROMIUM} is not installed`);
    return null;
  }
  const { chromium } = await importPlaywright();
  return await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...args,
    ],
  });
}

/**
 * Playwright reads /proc while it loads, which Deno allows only with `--allow-all`. In Node `existsSync` never throws,
 * so a denied permission is reported as a missing file here, and the tests keep their limited permissions.
 */
async function importPlaywright(): Promise<typeof import("playwright-core")> {
  const { existsSync } = fs;
  fs.existsSync = (path) => {
    try {
      return existsSync(path);
    } catch {
      return false;
    }
  };
  return await import("playwright-core");
}
