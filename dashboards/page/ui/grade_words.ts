/** "grade 2", or "ungraded" if there is no grade. */
export function gradeWords(grade: number): string {
  return grade < 0 ? "ungraded" : `grade ${grade}`;
}
