import type { Clock } from "../../core/clock";
import { ProblemError } from "../../core/problem";
import { Snapshot } from "../../http/snapshot";
import { path } from "../../http/url";
import type { RestApi } from "../kit/rest-api";
import { escalationLevels, type ChangedLevel, type EscalationLevel } from "./contract";
import { notTaken, vanished } from "./errors";
import { readBack } from "./read-back";

/** The escalation levels of the alert definitions. One list per definition serves all readers until one is written. */
export class LevelCollection {
  private readonly snapshots = new Map<string, Snapshot<readonly EscalationLevel[]>>();

  constructor(
    private readonly api: RestApi,
    private readonly clock: Clock,
  ) {}

  list(definition: string, signal: AbortSignal): Promise<readonly EscalationLevel[]> {
    return this.snapshot(definition).get(signal);
  }

  async find(definition: string, level: number, signal: AbortSignal): Promise<EscalationLevel | undefined> {
    return (await this.list(definition, signal)).find((one) => one.Id === level);
  }

  /** Changes only what is given, and believes it when it shows. */
  async patch(definition: string, level: number, body: ChangedLevel, signal: AbortSignal): Promise<EscalationLevel> {
    const doing = `update the escalation level ${level} of ${definition}`;
    const snapshot = this.snapshot(definition);
    snapshot.invalidate();
    try {
      await this.api.call(doing, {
        method: "PATCH",
        path: path`/AlertDefinition/${definition}/EscalationLevel/${level}`,
        // Says the same however often it is said.
        retry: "safe",
        body,
        signal,
      });
    } finally {
      snapshot.invalidate();
    }
    const { value, right } = await readBack(
      this.clock,
      signal,
      () => {
        snapshot.invalidate();
        return this.find(definition, level, signal);
      },
      (held) => held !== undefined && wrong(held, body).length === 0,
    );
    if (value === undefined) throw new ProblemError(vanished(`escalation level ${level} of ${definition}`));
    if (!right) throw new ProblemError(notTaken(doing, wrong(value, body)));
    return value;
  }

  private snapshot(definition: string): Snapshot<readonly EscalationLevel[]> {
    const key = definition.toLowerCase();
    const known = this.snapshots.get(key);
    if (known !== undefined) return known;
    const made = new Snapshot((signal) =>
      this.api.read(`list the escalation levels of ${definition}`, escalationLevels, {
        method: "GET",
        path: path`/AlertDefinition/${definition}/EscalationLevel`,
        signal,
      }),
    );
    this.snapshots.set(key, made);
    return made;
  }
}

/** The fields that are not as sent; null and an empty text are the same. */
function wrong(held: EscalationLevel, sent: ChangedLevel): string[] {
  return Object.entries(sent)
    .filter(([name, value]) => (held[name] ?? "") !== (value ?? ""))
    .map(([name]) => `${name} is ${JSON.stringify(held[name] ?? null)}`);
}
