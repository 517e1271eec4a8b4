/** Receiver of a task's progress, such as the command line's progress bar. */
export interface StudyProgress {
  /** Called with the number of finished steps, and a short text to show next to the number. */
  update(done: number, detail?: string): void;
  /** Called when the task has ended. */
  end(): void;
}
