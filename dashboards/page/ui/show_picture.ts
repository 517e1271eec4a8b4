import { ON_DEMAND, type PageStudy } from "../state/page_study.ts";
import { el } from "./dom.ts";

/** Cache of fetched images by address; the least recently shown are discarded. */
const fetched = new Map<string, Promise<string>>();
const MOST_CACHED = 400;

/** Address that each image element shows or waits for, so that a late response does not replace a newer image. */
const wanted = new WeakMap<Element, string>();

/** Shows an image at once if the page contains it, otherwise when the server has sent it. */
export function showPicture(
  study: Pick<PageStudy, "fetchPicture">,
  image: HTMLImageElement | SVGImageElement,
  address: string,
): void {
  const name = image instanceof SVGElement ? "href" : "src";
  wanted.set(image, address);
  if (!address.startsWith(ON_DEMAND)) return image.setAttribute(name, address);
  image.removeAttribute(name); // do not keep showing the image of another head
  pictureUrl(study, address).then(
    (url) => wanted.get(image) === address && image.setAttribute(name, url),
    () => wanted.get(image) === address && image.setAttribute("data-missing", ""),
  );
}

/** Creates an image element that shows the image at an address. */
export function pictureElement(
  study: Pick<PageStudy, "fetchPicture">,
  address: string,
  attributes: Parameters<typeof el>[1],
): HTMLImageElement {
  const image = el("img", attributes);
  showPicture(study, image, address);
  return image;
}

/** Resolves to an address that the browser can load. */
export function pictureUrl(study: Pick<PageStudy, "fetchPicture">, address: string): Promise<string> {
  if (!address.startsWith(ON_DEMAND)) return Promise.resolve(address);
  const known = fetched.get(address) ??
    study.fetchPicture!(address.slice(ON_DEMAND.length)).then((blob) => URL.createObjectURL(blob));
  fetched.delete(address);
  fetched.set(address, known); // now the most recently used
  known.catch(() => fetched.delete(address)); // so that it is requested again next time
  if (fetched.size > MOST_CACHED) {
    const [oldest, url] = fetched.entries().next().value!;
    fetched.delete(oldest);
    url.then(URL.revokeObjectURL, () => {});
  }
  return known;
}
