/** What the table's filter knows of a head. */
export interface FilterRow {
  /** Everything that words are looked for in, in lower case. */
  readonly words: string;
  /** A number by the name of its column, NaN where there is none. */
  number(name: string): number;
}

/** A filter made of words, which must all be there, and of conditions such as `distance>10`. */
export interface TableFilter {
  matches(row: FilterRow): boolean;
  /** Columns that conditions name and no table has. */
  readonly unknown: readonly string[];
}

const CONDITION = /([\p{L}_]+)\s*(<=|>=|!=|<|>|=)\s*(-?\d+(?:[.,]\d+)?)/gu;

/** Reads a filter as typed; names of columns in any case. */
export function parseFilter(text: string, columns: readonly string[]): TableFilter {
  const names = new Set(columns.map((name) => name.toLowerCase()));
  const unknown: string[] = [];
  const conditions: ((row: FilterRow) => boolean)[] = [];
  const rest = text.toLowerCase().replace(CONDITION, (_, name: string, sign: string, digits: string) => {
    if (!names.has(name)) unknown.push(name);
    else {
      const bound = Number(digits.replace(",", "."));
      conditions.push((row) => holds(row.number(name), sign, bound));
    }
    return " ";
  });
  const words = rest.match(/grade \d|[^\s]+/g) ?? [];
  return {
    unknown,
    matches: (row) =>
      unknown.length === 0 && words.every((word) => row.words.includes(word)) &&
      conditions.every((condition) => condition(row)),
  };
}

function holds(value: number, sign: string, bound: number): boolean {
  if (!Number.isFinite(value)) return false;
  switch (sign) {
    case "<":
      return value < bound;
    case "<=":
      return value <= bound;
    case ">":
      return value > bound;
    case ">=":
      return value >= bound;
    case "!=":
      return value !== bound;
    default:
      return value === bound;
  }
}
