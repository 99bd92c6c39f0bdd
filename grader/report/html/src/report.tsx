import { render } from "preact";
import { FailedCheck, PassedChecks } from "./check";
import { pageData, type Check, type Part, type Report } from "./model";
import { Bar, Foreign } from "./parts";
import { counted, scoreText } from "./words";

const isUntouched = (part: Part) =>
  part.checks.length > 0 && part.checks.every((check) => check.verdict === "not_attempted");

/** What can be worked on first; what waits for it or was never begun last. */
function order(check: Check): number {
  if (check.verdict === "blocked") return 1;
  return check.verdict === "not_attempted" ? 2 : 0;
}

function PartCard({ part }: { part: Part }) {
  const failed = part.checks.filter((check) => check.verdict !== "passed").length;
  return (
    <a class="card" href={`#${part.part}`}>
      <b>{part.part}</b> {part.title}
      <span class="score">{scoreText(part.points, part.max, part.extra)}</span>
      <Bar share={part.max > 0 ? part.points / part.max : 0} />
      <small>
        {isUntouched(part) ? "nothing written yet"
          : failed === 0 ? "all checks pass" : `${failed} of ${counted(part.checks.length, "check")} to do`}
      </small>
    </a>
  );
}

function Diagnostics({ part }: { part: Part }) {
  const shown = part.diagnostics.filter((item) => item.severity !== "note");
  if (shown.length === 0) return null;
  return (
    <section class="compiler" aria-label={`The compiler on ${part.part}`}>
      {shown.map((item) => (
        <div>
          <p class={item.severity === "error" ? "bad" : "half"}>{`${item.place}: ${item.severity}`}</p>
          <Foreign code text={item.message} />
        </div>
      ))}
      {part.diagnostics_left_out > 0 && <p>{`and ${counted(part.diagnostics_left_out, "more message")}`}</p>}
    </section>
  );
}

function PartSection({ part }: { part: Part }) {
  const failed = part.checks.filter((check) => check.verdict !== "passed").sort((a, b) => order(a) - order(b));
  return (
    <section id={part.part} aria-labelledby={`${part.part}-title`}>
      <h2 id={`${part.part}-title`}>
        {part.part} {part.title} <span class="score">{scoreText(part.points, part.max, part.extra)}</span>
      </h2>
      <Diagnostics part={part} />
      {isUntouched(part) ? <p>Nothing is written yet.</p> : failed.map((check) => <FailedCheck check={check} />)}
      <PassedChecks checks={part.checks.filter((check) => check.verdict === "passed")} />
    </section>
  );
}

function Page({ report }: { report: Report }) {
  return (
    <>
      <header class="top">
        <h1><bdi>{report.submission}</bdi></h1>
        {report.staff && <p class="staff">Staff view: hidden checks are shown. Do not give this page to students.</p>}
        {!report.refused && (
          <p class="total">
            {scoreText(report.points, report.max, report.extra)} points
            <Bar share={report.max > 0 ? report.points / report.max : 0} />
          </p>
        )}
      </header>
      <main>
        {report.refused && (
          <p class="refused">This submission was not taken, so nothing in it was judged. <Foreign text={report.refused} /></p>
        )}
        {report.notes.map((note) => <p class="note"><Foreign text={note} /></p>)}
        {!report.refused && (
          <>
            {report.parts.length > 1 && (
              <nav class="cards" aria-label="Parts">{report.parts.map((part) => <PartCard part={part} />)}</nav>
            )}
            {report.open.map((line) => <p>{line}</p>)}
            {report.pictures_left_out > 0 && (
              <p>{`The pictures of ${counted(report.pictures_left_out, "check")} are left out to keep this page small. Check a single part to see them.`}</p>
            )}
            {report.parts.map((part) => <PartSection part={part} />)}
          </>
        )}
      </main>
      <footer>
        {report.box && `Box ${report.box} · `}
        {(report.wall_ms / 1000).toFixed(1)} s
      </footer>
    </>
  );
}

// Printed pages have nothing to click on.
window.addEventListener("beforeprint", () => {
  for (const details of Array.from(document.querySelectorAll("details"))) details.open = true;
});

const root = document.getElementById("app")!;
root.textContent = "";
render(<Page report={pageData<Report>()} />, root);
