import { type Browser, chromium } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";

/** Debian's chromium, or null (with a message) where it is not installed. */
export async function openBrowser(): Promise<Browser | null> {
  try {
    await Deno.stat(CHROMIUM);
  } catch {
    console.warn(`skipped: ${CHROMIUM} is not installed`);
    return null;
  }
  return await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
