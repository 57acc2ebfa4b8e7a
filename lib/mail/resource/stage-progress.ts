import type { Stage, StageStatus } from "../stage/stage";

const WORDS: Readonly<Record<StageStatus, string>> = {
  passed: "",
  warning: "warning: ",
  failed: "failed: ",
  skipped: "skipped: ",
  unavailable: "unavailable: ",
};

/** The stages of a run as lines for who watches it: "TCP: connected to 203.0.113.25:587 (3 ms)". */
export class StageProgress {
  private failed = false;

  constructor(private readonly show: (line: string) => void) {}

  tell({ name, status, detail, durationMs }: Stage): void {
    // What is skipped because another failed says nothing; the error has the whole table.
    if (status === "skipped" && this.failed) return;
    this.failed ||= status === "failed";
    const time = status === "skipped" ? "" : ` (${durationMs} ms)`;
    this.show(`${name}: ${WORDS[status]}${detail}${time}`);
  }
}
