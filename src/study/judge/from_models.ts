/** Ending of a note about a value that could not be estimated from the cohort. The report recognises such notes by this ending. */
export const FROM_MODELS = "the value that came with the models was used instead.";
