/**
 * Drawing order of the heads: by grade, then by index. Uses a counting sort, because there can be many heads. // [n]
 */
export function gradeOrder(grade: Int32Array): Uint32Array {
  const counts = new Map<number, number>();
  for (const each of grade) counts.set(each, (counts.get(each) ?? 0) + 1);
  let start = 0;
  const next = new Map<number, number>();
  for (const each of [...counts.keys()].sort((a, b) => a - b)) {
    next.set(each, start);
    start += counts.get(each)!;
  }
  const order = new Uint32Array(grade.length);
  for (let i = 0; i < grade.length; i++) {
    const at = next.get(grade[i])!;
    order[at] = i;
    next.set(grade[i], at + 1);
  }
  return order;
}
