import { scaleLinear } from "d3-scale";
import { useState } from "preact/hooks";
import type { ClassCheck } from "./model";
import type { Row } from "./rows";
import { counted, mistakeWords } from "./words";

const width = 460;
const height = 180;
const margin = { left: 40, right: 8, top: 8, bottom: 30 };

/** A tick stands below the middle of its bin, or where the bin begins. */
interface Bin { label: string; count: number; tick?: string; tickAtStart?: boolean }

/** Bars over an axis; the numbers are in each bar's title and in the chart's label. */
function Histogram({ bins, title, end }: { bins: Bin[]; title: string; end?: string }) {
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  const y = scaleLinear([0, most], [height - margin.bottom, margin.top]).nice();
  const step = (width - margin.left - margin.right) / Math.max(1, bins.length);
  const label = `${title}. ${bins.filter((bin) => bin.count > 0).map((bin) => `${bin.label}: ${bin.count}`).join("; ")}`;
  return (
    <svg class="histogram" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      {y.ticks(4).filter(Number.isInteger).map((tick) => (
        <g class="axes">
          <line x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
          <text x={margin.left - 6} y={y(tick) + 4} text-anchor="end">{tick}</text>
        </g>
      ))}
      {bins.map((bin, i) => (
        <g>
          <rect x={margin.left + i * step + 1} width={Math.max(1, step - 2)} y={y(bin.count)} height={y(0) - y(bin.count)}>
            <title>{`${bin.label}: ${bin.count}`}</title>
          </rect>
          {bin.tick && <text class="tick" x={margin.left + i * step + (bin.tickAtStart ? 0 : step / 2)} y={height - margin.bottom + 16} text-anchor="middle">{bin.tick}</text>}
        </g>
      ))}
      {end && <text class="tick" x={width - margin.right} y={height - margin.bottom + 16} text-anchor="end">{end}</text>}
    </svg>
  );
}

export function Distribution({ rows }: { rows: Row[] }) {
  const taken = rows.filter((row) => row.share >= 0);
  const bins = Array.from({ length: 20 }, (_, i): Bin => ({
    label: `${i * 5} to ${(i + 1) * 5} %`, count: 0, tick: i % 4 === 0 ? `${i * 5} %` : undefined, tickAtStart: true,
  }));
  for (const row of taken) bins[Math.min(19, Math.floor(row.share * 20 + 1e-9))].count++;
  return (
    <section aria-labelledby="distribution">
      <h2 id="distribution">Scores</h2>
      <Histogram bins={bins} title="Submissions by share of the points" end="100 %" />
    </section>
  );
}

const day = 24 * 3600 * 1000;

/** Hand-ins by the hour when they came within three days, else by the day. */
export function TimeLine({ rows }: { rows: Row[] }) {
  const times = rows.map((row) => row.at).filter((at) => !Number.isNaN(at));
  if (times.length === 0) return null;
  const first = times.reduce((a, b) => Math.min(a, b));
  const last = times.reduce((a, b) => Math.max(a, b));
  const width = last - first <= 3 * day ? 3600 * 1000 : Math.max(1, Math.ceil((last - first) / day / 60)) * day;
  const start = Math.floor(first / width) * width;
  const count = Math.floor((last - start) / width) + 1;
  const label = (at: number) => {
    const text = new Date(at).toISOString();
    return width < day ? `${text.slice(5, 10)} ${text.slice(11, 13)} h` : text.slice(5, 10);
  };
  const bins = Array.from({ length: count }, (_, i): Bin => ({
    label: label(start + i * width), count: 0, tick: i % Math.ceil(count / 5) === 0 ? label(start + i * width) : undefined,
  }));
  for (const at of times) bins[Math.floor((at - start) / width)].count++;
  return (
    <section aria-labelledby="time_line">
      <h2 id="time_line">Hand-ins over time (UTC)</h2>
      <Histogram bins={bins} title="Hand-ins over time" />
      {times.length < rows.length && <p>{`${counted(rows.length - times.length, "row")} without a time that can be read.`}</p>}
    </section>
  );
}

interface Item { key: string; title: string; share: number; text: string; minor?: boolean }

/** Bars with words, each a button that filters the table. */
function BarList({ id, title, items, chosen, onChoose }: { id: string; title: string; items: Item[]; chosen: string; onChoose: (key: string) => void }) {
  const [all, setAll] = useState(false);
  const first = items.filter((item) => !item.minor).slice(0, 8);
  const shown = all ? items : first;
  if (items.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="bar_list">
        {shown.map((item) => (
          <li>
            <button type="button" aria-pressed={chosen === item.key} onClick={() => onChoose(chosen === item.key ? "" : item.key)}>
              <bdi>{item.title}</bdi> <span class="score">{item.text}</span>
              <span class="bar" aria-hidden="true"><span style={{ width: `${item.share * 100}%` }} /></span>
            </button>
          </li>
        ))}
      </ul>
      {!all && first.length === 0 && <p>None.</p>}
      {items.length > first.length && <button type="button" onClick={() => setAll(!all)}>{all ? "Show fewer" : `Show all ${items.length}`}</button>}
    </section>
  );
}

export function HardestChecks({ checks, chosen, onChoose }: { checks: ClassCheck[]; chosen: string; onChoose: (check: string) => void }) {
  const items = checks
    .filter((check) => check.pass_rate !== null)
    .sort((a, b) => a.pass_rate! - b.pass_rate!)
    .map((check) => ({
      key: check.id, title: `${check.title} (${check.id})`, share: check.pass_rate!,
      text: `${Math.round(check.pass_rate! * 100)} % of ${check.judged.toLocaleString("en")} pass`, minor: check.pass_rate === 1,
    }));
  return <BarList id="hardest" title="Hardest checks" items={items} chosen={chosen} onChoose={onChoose} />;
}

export function Mistakes({ mistakes, total, chosen, onChoose }: { mistakes: { name: string; count: number }[]; total: number; chosen: string; onChoose: (mistake: string) => void }) {
  const items = mistakes.map(({ name, count }) => ({
    key: name, title: mistakeWords(name), share: count / Math.max(1, total), text: counted(count, "student"),
  }));
  return <BarList id="mistakes" title="Most frequent mistakes" items={items} chosen={chosen} onChoose={onChoose} />;
}
