import type { Clock } from "../../core/clock";
import type { Redactor } from "../../core/redaction";
import { Snapshot } from "../../http/snapshot";
import { path } from "../../http/url";
import type { RestApi } from "../kit/rest-api";
import { integrations, type Attachment, type Integration } from "./contract";
import { sameGuid } from "./guid";
import { isMask } from "./fingerprint";
import { readBack } from "./read-back";

/** Which attachment. */
export interface Place {
  readonly definition: string;
  readonly level: number;
  readonly integration: string;
}

/** Shorter values are words such as "prod": to mask them would mask half of every line. */
const SHORTEST_SECRET = 12;

/** The integrations on the escalation levels. One list per level serves all readers until one is written. */
export class AttachmentCollection {
  private readonly snapshots = new Map<string, Snapshot<readonly Integration[]>>();

  constructor(
    private readonly api: RestApi,
    private readonly world: { readonly clock: Clock; readonly redactor: Redactor },
  ) {}

  list(definition: string, level: number, signal: AbortSignal): Promise<readonly Integration[]> {
    return this.snapshot(definition, level).get(signal);
  }

  async find({ definition, level, integration }: Place, signal: AbortSignal): Promise<Integration | undefined> {
    const all = await this.list(definition, level, signal);
    return all.find((one) => sameGuid(one.IntegrationGuid, integration));
  }

  attach(place: Place, body: Attachment, signal: AbortSignal): Promise<void> {
    const { definition, level } = place;
    return this.write(place, async () => {
      await this.api.call(`attach the integration ${place.integration}`, {
        method: "POST",
        path: path`/AlertDefinition/${definition}/EscalationLevel/${level}/Integration`,
        body,
        signal,
      });
    });
  }

  patch(place: Place, body: Attachment, signal: AbortSignal): Promise<void> {
    const { definition, level, integration } = place;
    return this.write(place, async () => {
      await this.api.call(`update the attachment of ${integration}`, {
        method: "PATCH",
        path: path`/AlertDefinition/${definition}/EscalationLevel/${level}/Integration/${integration}`,
        // Says the same however often it is said.
        retry: "safe",
        body,
        signal,
      });
    });
  }

  /** Reads until `isRight`; the last reading also when it never is. */
  shown(place: Place, isRight: (held: Integration | undefined) => boolean, signal: AbortSignal) {
    return readBack(
      this.world.clock,
      signal,
      () => {
        this.snapshot(place.definition, place.level).invalidate();
        return this.find(place, signal);
      },
      isRight,
    );
  }

  /** The integration itself stays. False when it was not attached any more. */
  async detach(place: Place, isGone: () => Promise<boolean>, signal: AbortSignal): Promise<boolean> {
    const { definition, level, integration } = place;
    const doing = `detach the integration ${integration}`;
    return this.write(place, async () => {
      const response = await this.api.call(doing, {
        method: "DELETE",
        path: path`/AlertDefinition/${definition}/EscalationLevel/${level}/Integration/${integration}`,
        accept: [400, 403, 404],
        signal,
      });
      if (response.status < 300) return true;
      if (response.status === 404 || (await isGone())) return false;
      throw this.api.refusal(doing, response);
    });
  }

  private snapshot(definition: string, level: number): Snapshot<readonly Integration[]> {
    const key = `${definition.toLowerCase()}/${level}`;
    const known = this.snapshots.get(key);
    if (known !== undefined) return known;
    const made = new Snapshot(async (signal) => {
      const all = await this.api.read(`list the integrations of level ${level} of ${definition}`, integrations, {
        method: "GET",
        path: path`/AlertDefinition/${definition}/EscalationLevel/${level}/Integration`,
        signal,
      });
      for (const one of all) this.learn(one);
      return all;
    });
    this.snapshots.set(key, made);
    return made;
  }

  private learn({ VariableValues }: Integration): void {
    for (const value of Object.values(VariableValues ?? {})) {
      if (value && value.length >= SHORTEST_SECRET && !isMask(value)) this.world.redactor.add(value);
    }
  }

  private async write<T>({ definition, level }: Place, send: () => Promise<T>): Promise<T> {
    const snapshot = this.snapshot(definition, level);
    snapshot.invalidate();
    try {
      return await send();
    } finally {
      snapshot.invalidate();
    }
  }
}
