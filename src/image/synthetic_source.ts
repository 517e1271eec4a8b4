/**
 * Maker of synthetic films, as written in their files: Manufacturer (0008,0070) of a DICOM, the text `Source` of a PNG.
 * A reader marks such a film with the remark `synthetic`, so that nothing made from it is called real.
 */
export const SYNTHETIC_SOURCE = "Caput phantom";
