/**
 * Maker of synthetic films, as written in their files: Manufacturer (0008,0070) of a DICOM, and the text `Source` of a
 * PNG. A reader gives such a film the remark `synthetic`, so that nothing made from it is called real. (Synthetic Data,
 * 0008,001C, says it too, and is read; dciodvfy does not know it yet, so it is not written.)
 */
export const SYNTHETIC_SOURCE = "Caput phantom";
