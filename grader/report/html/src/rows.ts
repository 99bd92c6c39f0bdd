// The rows of the class table: what is sorted and filtered by.
import type { Class, Submission } from "./model";

export interface Row {
  submission: Submission;
  name: string;
  students: string;
  section: string;
  /** Of the points there are without extra credit, or -1 for what was refused. */
  share: number;
  parts: Record<string, number>;
  failed: number;
  flags: string[];
  at: number;
  link?: string;
  /** All that a search looks through, in lower case. */
  text: string;
}

export const flagNames = ["late", "refused", "our fault", "several hand-ins", "name replaced", "nothing handed in",
  "memorised"];

function flagsOf({ grader_error, refused, hand_in, flags: marks }: Submission): string[] {
  const flags = [];
  if (hand_in?.late) flags.push("late");
  if (refused) flags.push(hand_in?.attempts === 0 ? "nothing handed in" : "refused");
  if (grader_error) flags.push("our fault");
  if ((hand_in?.attempts ?? 1) > 1) flags.push("several hand-ins");
  if (hand_in?.disguised) flags.push("name replaced");
  for (const mark of marks ?? []) flags.push(mark.kind);
  return flags;
}

/** A path as a link, with nothing in it that could be another kind of address. */
function linkOf(path: string | undefined): string | undefined {
  return path === undefined ? undefined : `./${path.split("/").map(encodeURIComponent).join("/")}`;
}

export function rowsOf({ class: all, links }: Class): Row[] {
  return all.submissions.map((submission) => {
    const people = submission.hand_in?.students ?? [];
    const students = people.map((person) => person.name).join(", ");
    const section = people.map((person) => person.section ?? "").find(Boolean) ?? "";
    const points = submission.score - (submission.extra ?? 0);
    const ids = people.map((person) => `${person.id ?? ""} ${person.email ?? ""}`).join(" ");
    return {
      submission,
      name: submission.name,
      students,
      section,
      share: submission.refused ? -1 : submission.max > 0 ? points / submission.max : 0,
      parts: submission.refused ? {} : Object.fromEntries(submission.parts.map((part) => [part.part, part.points])),
      failed: submission.strip.replace(/[p\-]/g, "").length,
      flags: flagsOf(submission),
      at: Date.parse(submission.hand_in?.at ?? ""),
      link: linkOf(links[submission.results]),
      text: `${submission.name} ${students} ${ids} ${section} ${submission.hand_in?.called ?? ""}`.toLowerCase(),
    };
  });
}

export interface Filter { search: string; flag: string; mistake: string; check: string }

/** @param column  of `check` in the strips, or -1 */
export function passes(row: Row, filter: Filter, column: number): boolean {
  if (filter.flag && !row.flags.includes(filter.flag)) return false;
  if (filter.mistake && !row.submission.mistakes.includes(filter.mistake)) return false;
  if (column >= 0 && "p-".includes(row.submission.strip[column] ?? "-")) return false;
  return filter.search.toLowerCase().split(/\s+/).every((word) => row.text.includes(word));
}

export type SortKey = "name" | "section" | "score" | "failed" | "flags" | "at" | `part ${string}`;
export interface Sorting { key: SortKey; descending: boolean }

function valueOf(row: Row, key: SortKey): number | string {
  if (key === "name" || key === "section") return row[key].toLowerCase();
  if (key === "score") return row.share;
  if (key === "failed") return row.failed;
  if (key === "flags") return row.flags.length;
  if (key === "at") return Number.isNaN(row.at) ? Infinity : row.at;
  return row.parts[key.slice(5)] ?? -1;
}

/** "student_9" comes before "student_10". */
const names = new Intl.Collator("en", { numeric: true });

function compare(a: number | string, b: number | string): number {
  if (typeof a === "string" && typeof b === "string") return names.compare(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

export function sorted(rows: Row[], { key, descending }: Sorting): Row[] {
  const keyed = rows.map((row, place) => ({ row, place, value: valueOf(row, key) }));
  keyed.sort((a, b) => {
    const order = compare(a.value, b.value);
    return order === 0 ? a.place - b.place : descending ? -order : order;
  });
  return keyed.map((item) => item.row);
}
