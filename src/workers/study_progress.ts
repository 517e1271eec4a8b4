/** Progress of a task, such as the command line's progress bar shows. */
export interface StudyProgress {
  /** Reports finished steps and a detail. */
  update(done: number, detail?: string): void;
  /** Ends the bar. */
  end(): void;
}
