/** One running count of something; see the command line's progress bar. */
export interface StudyProgress {
  /** Reports finished steps and a detail. */
  update(done: number, detail?: string): void;
  /** Ends the bar. */
  end(): void;
}
