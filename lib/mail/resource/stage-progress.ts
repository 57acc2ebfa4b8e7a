import type { Stage, StageStatus } from "../stage/stage";

const WORDS: Readonly<Record<StageStatus, string>> = {
  passed: "",
  warning: "warning: ",
  failed: "failed: ",
  skipped: "skipped: ",
  unavailable: "unavailable: ",
};

/** Progress lines for the stages of a run: "TCP: connected to 203.0.113.25:587 (3 ms)". */
export class StageProgress {
  private failed = false;

  constructor(private readonly show: (line: string) => void) {}

  tell({ name, status, detail, durationMs }: Stage): void {
    // A stage that is skipped because another failed adds nothing; the error has the whole table.
    if (status === "skipped" && this.failed) return;
    this.failed ||= status === "failed";
    const time = status === "skipped" ? "" : ` (${durationMs} ms)`;
    this.show(`${name}: ${WORDS[status]}${detail}${time}`);
  }
}
