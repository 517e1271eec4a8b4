/** "grade 2", or "ungraded" where no grade was given. */
export function gradeWords(grade: number): string {
  return grade < 0 ? "ungraded" : `grade ${grade}`;
}
