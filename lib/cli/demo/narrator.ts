import { Redactor } from "../../core/redaction";
import { mapStyled, plain, styled, toned, type Styled } from "../../core/styled";
import type { Check } from "./report";

const DONE = toned("good", "done  ");
const FAILED = toned("bad", "FAILED");
const OK = toned("good", "ok    ");
const WRONG = toned("bad", "WRONG ");

/** Prints the demo's text: plain lines, readable in a terminal and in a CI log alike. */
export class Narrator {
  /** Everything printed so far, unredacted: the demo searches its own output for secrets too. */
  readonly printed: string[] = [];

  constructor(
    private readonly write: (line: Styled) => void,
    private readonly redactor = new Redactor(),
  ) {}

  line(text: Styled = ""): void {
    this.printed.push(plain(text));
    this.write(mapStyled(text, (part) => this.redactor.redact(part)));
  }

  chapter(number: number, title: string): void {
    this.line();
    this.line([toned("strong", `${number}. ${title}`)]);
  }

  step(name: string, durationMs: number, failed = false): void {
    this.line(styled`   ${failed ? FAILED : DONE} ${name} (${seconds(durationMs)})`);
  }

  check({ name, held, expected, got }: Check): void {
    this.line(styled`   ${held ? OK : WRONG} ${name}`);
    if (!held) {
      this.line(`            expected: ${expected}`);
      this.line(`            got:      ${got}`);
    }
  }

  /** Prints a program's output, indented; of long texts the end, where the errors are. */
  quote(text: string, most = 60): void {
    const lines = text.trimEnd().split("\n");
    const cut = lines.length - most;
    const shown = cut > 0 ? [`… ${cut} lines before`, ...lines.slice(cut)] : lines;
    for (const line of shown) this.line(`     | ${line}`);
  }
}

export function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
