/** Data of a head that the table's filter uses. */
export interface FilterRow {
  /** Text that is searched for words, in lower case. */
  readonly words: string;
  /** Returns the number in a named column, or NaN if there is none. */
  number(name: string): number;
}

/** A filter of words, all of which must occur, and conditions such as `distance>10`. */
export interface TableFilter {
  matches(row: FilterRow): boolean;
  /** Names in conditions that are no column; if there are any, no row matches. */
  readonly unknown: readonly string[];
}

/** Regular expression for conditions; it also finds conditions on a word that is no column name. */
function conditionPattern(columns: Iterable<string>): RegExp {
  const withSpaces = [...columns].filter((name) => /^[\p{L}_ ]+$/u.test(name) && name.includes(" "));
  const name = [...withSpaces, "[\\p{L}_]+"].join("|");
  return new RegExp(`(?<![\\p{L}_])(${name})\\s*(<=|>=|!=|<|>|=)\\s*(-?\\d+(?:[.,]\\d+)?)`, "gu");
}

/** Parses a filter as typed; column names are case-insensitive and may contain spaces. */
export function parseFilter(text: string, columns: readonly string[]): TableFilter {
  const names = new Set(columns.map((name) => name.toLowerCase()));
  const unknown: string[] = [];
  const conditions: ((row: FilterRow) => boolean)[] = [];
  const rest = text.toLowerCase().replace(
    conditionPattern(names),
    (_, name: string, sign: string, digits: string) => {
      if (!names.has(name)) unknown.push(name);
      else {
        const bound = Number(digits.replace(",", "."));
        conditions.push((row) => satisfies(row.number(name), sign, bound));
      }
      return " ";
    },
  );
  const words = rest.match(/grade \d|[^\s]+/g) ?? [];
  return {
    unknown,
    matches: (row) =>
      unknown.length === 0 && words.every((word) => row.words.includes(word)) &&
      conditions.every((condition) => condition(row)),
  };
}

function satisfies(value: number, sign: string, bound: number): boolean {
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
