import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Submission } from "./model";
import type { Row, SortKey, Sorting } from "./rows";
import { counted, pointsText } from "./words";

const rowHeight = 36;
const spare = 8;

const toneOfLetter = (letter: string) =>
  letter === "p" ? "--good-fill" : letter === "h" ? "--half-fill" : "nbo-".includes(letter) ? "--line" : "--bad-fill";

/** A row's checks as one strip of colours; its label says the same in numbers. */
function Strip({ row }: { row: Row }) {
  const letters = row.submission.strip;
  const step = 100 / Math.max(1, letters.length);
  const stops: string[] = [];
  for (let i = 0; i < letters.length; ) {
    let end = i + 1;
    const tone = toneOfLetter(letters[i]);
    while (end < letters.length && toneOfLetter(letters[end]) === tone) end++;
    stops.push(`var(${tone}) ${i * step}% ${end * step}%`);
    i = end;
  }
  const passed = letters.split("p").length - 1;
  return (
    <div class="strip" role="img" aria-label={`${passed} of ${counted(letters.length, "check")} passed`}
      style={{ background: `linear-gradient(to right, ${stops.join(", ") || "var(--line) 0% 100%"})` }} />
  );
}

/** Columns that a class may do without: those with nothing in them. */
interface Columns { section: boolean; at: boolean }

/** "17 / 20", or "17 + 2 / 20" where two more are extra credit. */
function scoreOf({ refused, score, max, extra = 0 }: Submission): string {
  if (refused) return "–";
  return `${pointsText(score - extra)}${extra > 0 ? ` + ${pointsText(extra)}` : ""} / ${pointsText(max)}`;
}

function TableRow({ row, parts, columns, index }: { row: Row; parts: string[]; columns: Columns; index: number }) {
  const { submission } = row;
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row" title={row.name}>
        <bdi>{row.link ? <a href={row.link}>{row.name}</a> : row.name}</bdi>
        {row.students && row.students !== row.name.replace(/_/g, " ") && <small> <bdi>{row.students}</bdi></small>}
      </th>
      {columns.section && <td><bdi>{row.section}</bdi></td>}
      <td class="number">{scoreOf(submission)}</td>
      {parts.map((part) => <td class="number">{row.parts[part] === undefined ? "–" : pointsText(row.parts[part])}</td>)}
      <td><Strip row={row} /></td>
      <td class="number">{row.failed}</td>
      <td title={submission.refused ?? ""}>{row.flags.join(", ")}</td>
      {columns.at && <td>{Number.isNaN(row.at) ? submission.hand_in?.at ?? "" : new Date(row.at).toLocaleString()}</td>}
    </tr>
  );
}

function Heading({ label, sortKey, sorting, onSort }: { label: string; sortKey?: SortKey; sorting: Sorting; onSort: (key: SortKey) => void }) {
  if (!sortKey) return <th scope="col">{label}</th>;
  const active = sorting.key === sortKey;
  return (
    <th scope="col" aria-sort={active ? (sorting.descending ? "descending" : "ascending") : "none"}>
      <button type="button" onClick={() => onSort(sortKey)}>
        {label} <span aria-hidden="true">{active ? (sorting.descending ? "▾" : "▴") : "▵"}</span>
      </button>
    </th>
  );
}

/** The rows that are on the screen; all of them when the page is printed. */
function useWindow(count: number) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const [printing, setPrinting] = useState(false);
  useLayoutEffect(() => setHeight(box.current!.clientHeight), []);
  useEffect(() => {
    const before = () => setPrinting(true);
    const after = () => setPrinting(false);
    window.addEventListener("beforeprint", before);
    window.addEventListener("afterprint", after);
    return () => {
      window.removeEventListener("beforeprint", before);
      window.removeEventListener("afterprint", after);
    };
  }, []);
  const first = printing ? 0 : Math.max(0, Math.min(count - 1, Math.floor(top / rowHeight)) - spare);
  const end = printing ? count : Math.min(count, first + Math.ceil(height / rowHeight) + 2 * spare);
  return { box, first, end, onScroll: () => setTop(box.current!.scrollTop) };
}

interface TableProps { rows: Row[]; parts: string[]; columns: Columns; sorting: Sorting; onSort: (key: SortKey) => void }

export function ClassTable({ rows, parts, columns, sorting, onSort }: TableProps) {
  const { box, first, end, onScroll } = useWindow(rows.length);
  const headings: [string, SortKey?][] = [
    ["Name", "name"], ...(columns.section ? [["Section", "section"] as [string, SortKey]] : []), ["Score", "score"],
    ...parts.map((part): [string, SortKey] => [part, `part ${part}`]),
    ["Checks"], ["To do", "failed"], ["Flags", "flags"],
    ...(columns.at ? [["Handed in", "at"] as [string, SortKey]] : []),
  ];
  return (
    <div class="class_table" ref={box} onScroll={onScroll} tabIndex={0} role="region" aria-label="Submissions">
      <table aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {headings.map(([label, key]) => <Heading label={label} sortKey={key} sorting={sorting} onSort={onSort} />)}
          </tr>
        </thead>
        <tbody>
          {first > 0 && <tr class="spacer" aria-hidden="true" style={{ height: `${first * rowHeight}px` }} />}
          {rows.slice(first, end).map((row, i) => <TableRow key={row.submission.results} row={row} parts={parts} columns={columns} index={first + i} />)}
          {end < rows.length && <tr class="spacer" aria-hidden="true" style={{ height: `${(rows.length - end) * rowHeight}px` }} />}
        </tbody>
      </table>
    </div>
  );
}
