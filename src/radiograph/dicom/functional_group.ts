import type dicomParser from "dicom-parser";

/**
 * The item of a functional-group macro in an enhanced multi-frame object (PS3.3 C.7.6.16). It is taken from the groups
 * shared by all frames, otherwise from the frame's own group if there is only one frame.
 *
 * @param macro tag of the macro's sequence, such as `x00289145`.
 * @returns null if there is no such item, or if each of several frames has its own: then no value applies to the
 * whole file.
 */
export function functionalGroup(set: dicomParser.DataSet, macro: string): dicomParser.DataSet | null {
  const frames = set.elements.x52009230?.items ?? [];
  const groups = [set.elements.x52009229?.items?.[0], frames.length === 1 ? frames[0] : undefined];
  for (const group of groups) {
    const items = group?.dataSet?.elements[macro]?.items ?? [];
    if (items.length === 1 && items[0].dataSet) return items[0].dataSet;
  }
  return null;
}
