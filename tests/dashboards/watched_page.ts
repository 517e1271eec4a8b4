import type { Browser, BrowserContextOptions } from "playwright-core";

/**
 * Opens an empty page that records the browser's errors and warnings and every address that it requests. Close `within`
 * at the end.
 */
export async function watchedPage(browser: Browser, context: BrowserContextOptions = {}) {
  const within = await browser.newContext({
    viewport: { width: 1440, height: 1000 },
    acceptDownloads: true,
    ...context,
  });
  const page = await within.newPage(), complaints: string[] = [], requests: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => (complaints.push(`dialog ${dialog.message()}`), dialog.dismiss()));
  page.on("request", (request) => requests.push(request.url()));
  return { within, page, complaints, requests };
}
