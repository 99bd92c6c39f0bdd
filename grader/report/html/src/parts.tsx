import type { ComponentChildren } from "preact";
import type { Verdict } from "./model";
import { toneOf, verdictMarks, verdictWords } from "./words";

export function Badge({ verdict }: { verdict: Verdict }) {
  return (
    <span class={`badge ${toneOf(verdict)}`}>
      <span aria-hidden="true">{verdictMarks[verdict]}</span> {verdictWords[verdict]}
    </span>
  );
}

/** How much of a whole; the number stands beside it in text. */
export function Bar({ share }: { share: number }) {
  const width = Math.max(0, Math.min(1, share)) * 100;
  const tone = share >= 0.9995 ? "good" : share >= 0.5 ? "half" : "bad";
  return (
    <div class="bar" aria-hidden="true">
      <div class={tone} style={{ width: `${width}%` }} />
    </div>
  );
}

/** Foreign text that keeps its lines, and cannot turn what stands around it. */
export function Foreign({ text, code }: { text: string; code?: boolean }) {
  return code ? <bdi class="foreign code">{text}</bdi> : <bdi class="foreign">{text}</bdi>;
}

/** Our own text, in which `code` stands between backticks. */
export function Prose({ text }: { text: string }) {
  const pieces = text.split(/`([^`]+)`/);
  return <>{pieces.map((piece, i) => (i % 2 === 1 ? <code>{piece}</code> : piece))}</>;
}

export function Labelled({ label, tone, children }: { label: string; tone?: string; children: ComponentChildren }) {
  return (
    <div class={`labelled ${tone ?? ""}`}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
