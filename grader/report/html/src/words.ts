import type { Verdict } from "./model";

export const verdictWords: Record<Verdict, string> = {
  passed: "passed",
  partial: "partly right",
  failed: "failed",
  not_attempted: "not attempted",
  blocked: "not judged",
  timeout: "too slow",
  out_of_memory: "too much memory",
  crashed: "crashed",
  build_failed: "does not compile",
  invalid_output: "invalid result",
  forbidden: "forbidden",
  grader_error: "our fault",
};

/** Colour says it too, but never alone. */
export const verdictMarks: Record<Verdict, string> = {
  passed: "✓", partial: "◐", failed: "✗", not_attempted: "–", blocked: "◌", timeout: "⧗",
  out_of_memory: "▤", crashed: "⚡︎", build_failed: "✗", invalid_output: "✗", forbidden: "⊘", grader_error: "?",
};

export type Tone = "good" | "half" | "bad" | "none";

export function toneOf(verdict: Verdict): Tone {
  if (verdict === "passed") return "good";
  if (verdict === "partial") return "half";
  return verdict === "not_attempted" || verdict === "blocked" || verdict === "grader_error" ? "none" : "bad";
}

/** "5", "12.5", "0.33": at most two digits, none that say nothing. */
export function pointsText(points: number): string {
  return String(Math.round(points * 100) / 100);
}

/** "17.5 of 20", and extra credit apart. */
export function scoreText(points: number, max: number, extra = 0): string {
  const plain = `${pointsText(points)} of ${pointsText(max)}`;
  return extra > 0 ? `${plain} + ${pointsText(extra)} extra` : plain;
}

/** "slip in the column of the pixel: y instead of x" of a mistake's name; as mistake_words() in explain.cpp. */
export function mistakeWords(name: string): string {
  return name.replace(/__/g, ": ").replace(/_/g, " ");
}

/** "1 check", "2 checks". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
