/** How a note ends if a part could not be fitted to the cohort. The report recognises such notes by it. */
export const FROM_MODELS = "the value that came with the models was used instead.";
