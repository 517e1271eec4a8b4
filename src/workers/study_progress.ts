/** One running count of something; see the command line's progress bar. */
export interface StudyProgress {
  update(done: number, detail?: string): void;
  end(): void;
}
