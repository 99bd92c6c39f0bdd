import type { Case, Check } from "./model";
import { Pictures } from "./pictures";
import { Badge, Foreign, Labelled, Prose } from "./parts";
import { counted, pointsText, scoreText, verdictWords } from "./words";

function checkScore(check: Check): string {
  if (!check.decided) return `? of ${pointsText(check.max)}`;
  if (check.max === 0) return `+${pointsText(check.points)} extra`;
  return scoreText(check.points, check.max);
}

/** The case, expected and got beside each other, the probable mistake, the other remarks below. */
function Remarks({ check }: { check: Check }) {
  const expected = check.remarks.find((remark) => remark.label === "Expected");
  const own = check.remarks.find((remark) => remark.own);
  const which = check.remarks.find((remark) => remark.label === "Case");
  const others = check.remarks.filter((remark) => remark !== expected && remark !== own && remark !== which);
  return (
    <>
      {which && <dl><Labelled label="Case"><Foreign text={which.text} /></Labelled></dl>}
      {(expected || own) && (
        <dl class="side_by_side">
          {expected && <Labelled label="Expected"><Foreign text={expected.text} /></Labelled>}
          {own && <Labelled label={own.label} tone="bad"><Foreign text={own.text} /></Labelled>}
        </dl>
      )}
      {others.length + check.mistakes.length > 0 && (
        <dl>
          {check.mistakes.map((mistake) => (
            <Labelled label={mistake.label} tone="half"><Prose text={mistake.text} /></Labelled>
          ))}
          {others.map((remark) => (
            <Labelled label={remark.label || "Detail"}><Foreign text={remark.text} /></Labelled>
          ))}
        </dl>
      )}
    </>
  );
}

/** "`carve` in `carve.cpp`"; the file alone where there are many functions. */
function yourCode({ file, functions }: Check): string {
  const named = functions.length > 3 ? "" : functions.map((name) => `\`${name}\``).join(", ");
  return named ? `${named} in \`${file}\`` : `\`${file}\``;
}

function Advice({ check }: { check: Check }) {
  return (
    <dl>
      {check.on_points.map((sentence) => <Labelled label="Points"><Prose text={sentence} /></Labelled>)}
      {check.hint && <Labelled label="Hint" tone="advice"><Prose text={check.hint} /></Labelled>}
      {check.file && <Labelled label="Your code"><Prose text={yourCode(check)} /></Labelled>}
      {check.section && (
        <Labelled label="Read">
          {check.link ? <a href={check.link}>{check.section}</a> : check.section}
        </Labelled>
      )}
      {!check.hidden && <Labelled label="Check it again"><code>{`./pset3 check ${check.id} --watch`}</code></Labelled>}
    </dl>
  );
}

function CaseRow({ item }: { item: Case }) {
  return (
    <tr>
      <th scope="row">{item.id}</th>
      <td>{verdictWords[item.verdict]}</td>
      <td><Foreign text={item.expected} /></td>
      <td><Foreign text={[item.got, item.detail].filter(Boolean).join("\n")} /></td>
    </tr>
  );
}

function Cases({ cases }: { cases: Case[] }) {
  return (
    <details>
      <summary>{`All ${counted(cases.length, "case")}`}</summary>
      <div class="scrolls" tabIndex={0} role="region" aria-label="All cases">
        <table>
          <thead><tr><th scope="col">Case</th><th scope="col">Verdict</th><th scope="col">Expected</th><th scope="col">Got</th></tr></thead>
          <tbody>{cases.map((item) => <CaseRow item={item} />)}</tbody>
        </table>
      </div>
    </details>
  );
}

/** A check that did not pass, with all that helps. */
export function FailedCheck({ check }: { check: Check }) {
  const wasJudged = !["not_attempted", "build_failed", "grader_error"].includes(check.verdict);
  return (
    <article class="check" id={check.id} aria-labelledby={`${check.id}-title`}>
      <header>
        <h3 id={`${check.id}-title`}>
          {check.title} <span class="id">{check.id}</span>
        </h3>
        <Badge verdict={check.verdict} />
        {check.hidden && <span class="badge none">hidden</span>}
        <span class="score">{checkScore(check)}</span>
      </header>
      {check.remarks.length === 0 && check.verdict !== "failed" && <p>{check.sentence}</p>}
      <Remarks check={check} />
      {wasJudged && <Advice check={check} />}
      <Pictures pictures={check.pictures} />
      {wasJudged && check.cases.length > 1 && <Cases cases={check.cases} />}
    </article>
  );
}

export function PassedChecks({ checks }: { checks: Check[] }) {
  if (checks.length === 0) return null;
  return (
    <details class="passed">
      <summary>{`${counted(checks.length, "check")} passed`}</summary>
      <ul>
        {checks.map((check) => (
          <li id={check.id}>
            <span>{check.title} <span class="id">{check.id}</span></span>
            <span class="score">{checkScore(check)}</span>
            {check.on_points.map((sentence) => <p><Prose text={sentence} /></p>)}
          </li>
        ))}
      </ul>
    </details>
  );
}
