/**
 * Whether a path is that of a mask that `caput export --masks` wrote: the id of its film, the side, and the head's
 * number if a side occurs twice. Such files may be in the folder of the films, but are not films.
 */
export function isMaskFileName(path: string): boolean {
  return /(^|[\\/])[0-9a-f]{16}\.(right|left|unknown)\d*\.png$/.test(path);
}
