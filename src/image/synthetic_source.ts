/**
 * Maker of synthetic films, as written in their files: Manufacturer (0008,0070) of a DICOM, and the text `Source` of a
 * PNG. Such a film gets the remark `synthetic` when it is read, so that nothing derived from it is taken for real. (The
 * attribute Synthetic Data, 0008,001C, is read too. It is not written, because the DICOM validator dciodvfy does not
 * know it yet.)
 */
export const SYNTHETIC_SOURCE = "Caput phantom";
