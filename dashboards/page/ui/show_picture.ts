import { ON_DEMAND, type PageStudy } from "../state/page_study.ts";
import { el } from "./dom.ts";

/** Fetched pictures by their address; the least recently shown are given up. */
const fetched = new Map<string, Promise<string>>();
const KEPT = 400;

/** What each picture on the page shows or waits for, so that a late answer does not replace a later picture. */
const wanted = new WeakMap<Element, string>();

/** Shows a picture at once where the page holds it, else when the server has sent it. */
export function showPicture(
  study: Pick<PageStudy, "fetchPicture">,
  image: HTMLImageElement | SVGImageElement,
  address: string,
): void {
  const name = image instanceof SVGElement ? "href" : "src";
  wanted.set(image, address);
  if (!address.startsWith(ON_DEMAND)) return image.setAttribute(name, address);
  image.removeAttribute(name); // never the picture of another head
  pictureUrl(study, address).then(
    (url) => wanted.get(image) === address && image.setAttribute(name, url),
    () => wanted.get(image) === address && image.setAttribute("data-missing", ""),
  );
}

/** An image element that shows it. */
export function pictureElement(
  study: Pick<PageStudy, "fetchPicture">,
  address: string,
  attributes: Parameters<typeof el>[1],
): HTMLImageElement {
  const image = el("img", attributes);
  showPicture(study, image, address);
  return image;
}

/** An address that the browser can load. */
export function pictureUrl(study: Pick<PageStudy, "fetchPicture">, address: string): Promise<string> {
  if (!address.startsWith(ON_DEMAND)) return Promise.resolve(address);
  const known = fetched.get(address) ??
    study.fetchPicture!(address.slice(ON_DEMAND.length)).then((blob) => URL.createObjectURL(blob));
  fetched.delete(address);
  fetched.set(address, known); // last in line again
  known.catch(() => fetched.delete(address)); // asked for again next time
  if (fetched.size > KEPT) {
    const [oldest, url] = fetched.entries().next().value!;
    fetched.delete(oldest);
    url.then(URL.revokeObjectURL, () => {});
  }
  return known;
}
