import { render } from "preact";
import { useMemo, useState } from "preact/hooks";
import { Distribution, HardestChecks, Mistakes, TimeLine } from "./class_charts";
import { ClassTable } from "./class_table";
import { pageData, type Class } from "./model";
import { flagNames, passes, rowsOf, sorted, type Filter, type Row, type SortKey, type Sorting } from "./rows";
import { counted, mistakeWords } from "./words";

const noFilter: Filter = { search: "", flag: "", mistake: "", check: "" };

function median(values: number[]): number {
  const order = [...values].sort((a, b) => a - b);
  const middle = order.length >> 1;
  return order.length % 2 === 1 ? order[middle] : (order[middle - 1] + order[middle]) / 2;
}

function summaryText(rows: Row[]): string {
  const shares = rows.filter((row) => row.share >= 0).map((row) => row.share * 100);
  if (shares.length === 0) return "None was graded.";
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return `${shares.length.toLocaleString("en")} graded: median ${median(shares).toFixed(0)} %, mean ${mean.toFixed(0)} % of the points.`;
}

function Filters({ filter, setFilter, shown, total }: { filter: Filter; setFilter: (filter: Filter) => void; shown: number; total: number }) {
  const chosen = [filter.mistake && `mistake: ${mistakeWords(filter.mistake)}`, filter.check && `${filter.check} did not pass`].filter(Boolean);
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <label>
        Search{" "}
        <input type="search" value={filter.search} placeholder="name, id, e-mail, section"
          onInput={(event) => setFilter({ ...filter, search: event.currentTarget.value })} />
      </label>
      <label>
        Flag{" "}
        <select value={filter.flag} onChange={(event) => setFilter({ ...filter, flag: event.currentTarget.value })}>
          <option value="">any</option>
          {flagNames.map((flag) => <option value={flag}>{flag}</option>)}
        </select>
      </label>
      <span role="status">{`${shown.toLocaleString("en")} of ${counted(total, "row")}`}{chosen.length > 0 && ` · ${chosen.join(" · ")}`}</span>
      <button type="button" onClick={() => setFilter(noFilter)}>Show all rows</button>
    </form>
  );
}

function Page({ data }: { data: Class }) {
  const all = data.class;
  const rows = useMemo(() => rowsOf(data), [data]);
  // One part is its own total.
  const parts = useMemo(() => [...new Set(all.checks.map((check) => check.part))], [all]);
  const columns = useMemo(() => ({
    section: rows.some((row) => row.section !== ""),
    at: rows.some((row) => row.submission.hand_in?.at !== undefined),
  }), [rows]);
  const [filter, setFilter] = useState(noFilter);
  const [sorting, setSorting] = useState<Sorting>({ key: "name", descending: false });
  const column = all.checks.findIndex((check) => check.id === filter.check);
  const shown = useMemo(() => sorted(rows.filter((row) => passes(row, filter, column)), sorting), [rows, filter, sorting]);
  const onSort = (key: SortKey) => setSorting({ key, descending: sorting.key === key && !sorting.descending });
  return (
    <>
      <header class="top">
        <h1>Class</h1>
        <p>{`${counted(rows.length, "submission")}. ${summaryText(rows)}`} For staff: hidden checks are counted.</p>
      </header>
      <main>
        <Filters filter={filter} setFilter={setFilter} shown={shown.length} total={rows.length} />
        <ClassTable rows={shown} parts={parts.length > 1 ? parts : []} columns={columns} sorting={sorting} onSort={onSort} />
        <div class="charts">
          <Distribution rows={shown} />
          <TimeLine rows={shown} />
          <HardestChecks checks={[...all.checks]} chosen={filter.check} onChoose={(check) => setFilter({ ...filter, check })} />
          <Mistakes mistakes={all.mistakes} total={rows.length} chosen={filter.mistake} onChoose={(mistake) => setFilter({ ...filter, mistake })} />
        </div>
        {(all.run.left_out ?? []).length > 0 && (
          <details>
            <summary>{`${counted(all.run.left_out!.length, "entry").replace("entrys", "entries")} left out`}</summary>
            <ul>{all.run.left_out!.map((item) => <li><bdi>{item.entry}</bdi>: {item.why}</li>)}</ul>
          </details>
        )}
      </main>
      <footer>{[all.run.run && `Run ${all.run.run}`, all.run.box_level && `box ${all.run.box_level}`].filter(Boolean).join(" · ")}</footer>
    </>
  );
}

const root = document.getElementById("app")!;
root.textContent = "";
root.classList.add("wide");
render(<Page data={pageData<Class>()} />, root);
