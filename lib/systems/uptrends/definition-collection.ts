import type { Clock } from "../../core/clock";
import { ProblemError } from "../../core/problem";
import { Snapshot } from "../../http/snapshot";
import { path } from "../../http/url";
import type { RestApi } from "../kit/rest-api";
import { alertDefinition, alertDefinitions, type AlertDefinition, type NewAlertDefinition } from "./contract";
import { notTaken, vanished } from "./errors";
import { sameGuid } from "./guid";
import { readBack } from "./read-back";

/** The alert definitions of one account. One list serves all readers until something is written. */
export class DefinitionCollection {
  private readonly snapshot: Snapshot<readonly AlertDefinition[]>;

  constructor(
    private readonly api: RestApi,
    private readonly clock: Clock,
  ) {
    this.snapshot = new Snapshot((signal) =>
      api.read("list the alert definitions", alertDefinitions, { method: "GET", path: "/AlertDefinition", signal }),
    );
  }

  list(signal: AbortSignal): Promise<readonly AlertDefinition[]> {
    return this.snapshot.get(signal);
  }

  /** Undefined when it is gone. From the list: asked for by GUID, a missing one is not answered 404 but 400 or 403. */
  async find(id: string, signal: AbortSignal): Promise<AlertDefinition | undefined> {
    return (await this.list(signal)).find((one) => sameGuid(one.AlertDefinitionGuid, id));
  }

  create(body: NewAlertDefinition, signal: AbortSignal): Promise<AlertDefinition> {
    const doing = `create the alert definition ${JSON.stringify(body.AlertName)}`;
    return this.snapshot.whileWriting(() =>
      this.api.read(doing, alertDefinition, { method: "POST", path: "/AlertDefinition", body, signal }),
    );
  }

  /** Waits, for a few seconds, until the list shows a new definition: what belongs to it is found through the list. */
  async untilListed(id: string, signal: AbortSignal): Promise<void> {
    await this.shown(id, (held) => held !== undefined, signal);
  }

  /** Changes only what is given, and believes it when it shows. */
  async patch(
    id: string,
    body: Pick<Partial<NewAlertDefinition>, "AlertName" | "IsActive">,
    signal: AbortSignal,
  ): Promise<AlertDefinition> {
    const doing = `update the alert definition ${id}`;
    await this.snapshot.whileWriting(() =>
      this.api.call(doing, {
        method: "PATCH",
        path: path`/AlertDefinition/${id}`,
        // Says the same however often it is said.
        retry: "safe",
        body: { AlertDefinitionGuid: id, ...body },
        signal,
      }),
    );
    const isRight = (held: AlertDefinition | undefined) => held !== undefined && wrong(held, body).length === 0;
    const { value, right } = await this.shown(id, isRight, signal);
    if (value === undefined) throw new ProblemError(vanished(`alert definition ${id}`));
    if (!right) throw new ProblemError(notTaken(doing, wrong(value, body)));
    return value;
  }

  /** False when it was gone already. */
  async delete(id: string, signal: AbortSignal): Promise<boolean> {
    const doing = `delete the alert definition ${id}`;
    const response = await this.snapshot.whileWriting(() =>
      this.api.call(doing, { method: "DELETE", path: path`/AlertDefinition/${id}`, accept: [400, 403, 404], signal }),
    );
    if (response.status < 300) return true;
    if (response.status === 404 || (await this.find(id, signal)) === undefined) return false;
    throw this.api.refusal(doing, response);
  }

  private shown(id: string, isRight: (held: AlertDefinition | undefined) => boolean, signal: AbortSignal) {
    return readBack(
      this.clock,
      signal,
      () => {
        this.snapshot.invalidate();
        return this.find(id, signal);
      },
      isRight,
    );
  }
}

/** The fields that are not as sent; a field that is not shown is believed. */
function wrong(held: Readonly<Record<string, unknown>>, sent: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(sent)
    .filter(([name, value]) => held[name] !== undefined && held[name] !== value)
    .map(([name]) => `${name} is ${JSON.stringify(held[name])}`);
}
