import { ProblemError } from "../core/problem";
import type { PlatformTestRequest, PlatformTestResult } from "../core/platform-test";
import { realmDigest } from "../systems/kit/realm";
import type { Runtime, System } from "../systems/kit/system";
import { isObject, isUnknown, type Value, type ValueObject } from "../terraform-plugin/values";
import { resolveSettings, settingOf } from "./settings";

/** The configured systems of one provider run: each is connected when the first resource needs it. */
export class Connections {
  private readonly clients = new Map<string, Promise<unknown>>();

  constructor(
    private readonly systems: readonly System[],
    private readonly config: ValueObject,
    readonly runtime: Runtime,
  ) {}

  /** Connects the systems that have something to prepare; those that are not configured say so when they are needed. */
  async prepare(): Promise<void> {
    // A system without it is not connected: the arguments of a call that does not happen are not evaluated.
    await Promise.allSettled(this.systems.map(async (system) => system.prepare?.(await this.client(system))));
  }

  client(system: System): Promise<unknown> {
    let client = this.clients.get(system.name);
    if (client === undefined) {
      client = this.connect(system);
      this.clients.set(system.name, client);
    }
    return client;
  }

  /** A digest of the place the system's objects live in; undefined while it is missing, unusable or not known yet. */
  realm(system: System): string | undefined {
    const { settings, place } = system.realm;
    const block = this.config[system.name] ?? null;
    const resolve = (field: string): Value =>
      isUnknown(block) ? block : settingOf(system, field, isObject(block) ? block : null, this.runtime.environment);
    try {
      const known = Object.fromEntries(settings.map((field) => [field, resolve(field)]));
      if (Object.values(known).some(isUnknown)) return undefined;
      const found = place(known);
      return found && realmDigest(system.name, found);
    } catch (error) {
      if (error instanceof ProblemError) return undefined;
      throw error;
    }
  }

  async platformTest(name: string, request: PlatformTestRequest): Promise<PlatformTestResult> {
    const system = this.systems.find((one) => one.name === name);
    if (system === undefined) throw new ProblemError(unknownSystem(name, this.testable()));
    if (system.platformTest === undefined) {
      return { status: "unavailable", detail: `${system.title} has no test call` };
    }
    return system.platformTest(await this.client(system), request);
  }

  private testable(): string[] {
    return this.systems.filter((one) => one.platformTest !== undefined).map((one) => one.name);
  }

  private async connect(system: System): Promise<unknown> {
    const block = this.config[system.name] ?? null;
    const settings = resolveSettings(system, isObject(block) ? block : null, this.runtime.environment);
    return system.connect(settings, this.runtime);
  }
}

const unknownSystem = (name: string, known: readonly string[]) => ({
  code: "provider/unknown-system",
  severity: "error" as const,
  summary: "There is no such system to test through",
  path: ["via"],
  got: JSON.stringify(name),
  expected: known.join(", "),
  fix: "Correct `system` in `via`.",
});
