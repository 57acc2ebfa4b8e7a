import { ProblemError, type Problem } from "../core/problem";
import { daysLeft, expiryOf, type ServerCertificate } from "../core/certificate-expiry";
import type { PlatformTestRequest, PlatformTestResult } from "../core/platform-test";
import { connectSystem } from "../systems/kit/connect";
import { systemBlock } from "../systems/kit/http-settings";
import { certificateEndsSoon, notRefreshed } from "../systems/kit/problems/settings";
import { realmOfSettings, resolveSettings } from "../systems/kit/settings-resolution";
import type { Runtime, System } from "../systems/kit/system";
import type { ValueObject } from "../terraform-plugin/values";

/** The configured systems of one provider run: each is connected when the first resource needs it. */
export class Connections {
  private readonly clients = new Map<string, Promise<unknown>>();
  private readonly realms = new Map<string, string | undefined>();
  private readonly awaited = new Map<string, Problem | undefined>();
  private readonly logins = new Map<string, Promise<void>>();
  /** Warnings that are shown once a run, however many resources would show them; removed once shown. */
  private readonly unshown = new Map<string, readonly Problem[]>();

  constructor(
    private readonly systems: readonly System[],
    private readonly config: ValueObject,
    readonly runtime: Runtime,
  ) {}

  /** Connects the systems that have something to prepare; a system that is not configured reports that when it is needed. */
  async prepare(): Promise<void> {
    // The optional call skips its argument, so a system without `prepare` is not connected.
    await Promise.allSettled(this.systems.map(async (system) => system.prepare?.(await this.client(system))));
  }

  client(system: System): Promise<unknown> {
    let client = this.clients.get(system.name);
    if (client === undefined) {
      const onCertificate = (certificate: ServerCertificate) => this.judge(system, certificate);
      client = connectSystem(system, this.block(system), { ...this.runtime, onCertificate });
      this.clients.set(system.name, client);
    }
    return client;
  }

  /**
   * A digest of the place where the system's objects live; undefined while its settings are missing, unusable or not known
   * yet.
   */
  realm(system: System): string | undefined {
    if (!this.realms.has(system.name)) {
      this.realms.set(system.name, realmOfSettings(system, this.block(system), this.runtime));
    }
    return this.realms.get(system.name);
  }

  /** A warning while a setting of the system is known only after apply. */
  pending(system: System): Problem | undefined {
    if (!this.awaited.has(system.name)) {
      const resolution = resolveSettings(system, this.block(system), this.runtime);
      const waits = resolution.status === "unknown";
      this.awaited.set(system.name, waits ? notRefreshed(system, resolution.fields) : undefined);
    }
    return this.awaited.get(system.name);
  }

  /** Records that the system has answered with this login. Returns, once a run, warnings about what its answers showed. */
  answered(system: System): readonly Problem[] {
    this.logins.set(system.name, Promise.resolve());
    return this.takeUnshown(system);
  }

  /**
   * Logs in, unless this run has already shown that the login works. Returns, once a run, a warning when the system cannot
   * be reached.
   *
   * @throws ProblemError when the system refuses the login
   */
  async checkLogin(system: System, signal: AbortSignal): Promise<readonly Problem[]> {
    let login = this.logins.get(system.name);
    if (login === undefined) {
      login = this.login(system, signal);
      this.logins.set(system.name, login);
      // A refusal is kept, since systems lock accounts; an aborted login may be repeated.
      login.catch(() => signal.aborted && this.logins.delete(system.name));
    }
    await login;
    return this.takeUnshown(system);
  }

  private async login(system: System, signal: AbortSignal): Promise<void> {
    if (system.checkLogin === undefined) return;
    const [client, { tryLogin }] = await Promise.all([this.client(system), import("../systems/kit/login")]);
    for (const problem of await tryLogin(system, () => system.checkLogin!(client, signal), signal)) {
      this.showOnce(system, problem);
    }
  }

  private judge(system: System, { host, from, to }: ServerCertificate): void {
    const now = this.runtime.clock.now();
    if (expiryOf({ from, to }, now) !== "urgent") return;
    const day = new Date(to).toISOString().slice(0, 10);
    this.showOnce(system, certificateEndsSoon(system, host, day, daysLeft(to, now)));
  }

  private showOnce({ name }: System, problem: Problem): void {
    const others = (this.unshown.get(name) ?? []).filter(({ code }) => code !== problem.code);
    this.unshown.set(name, [...others, problem]);
  }

  private takeUnshown({ name }: System): readonly Problem[] {
    const problems = this.unshown.get(name) ?? [];
    this.unshown.delete(name);
    return problems;
  }

  async platformTest(name: string, request: PlatformTestRequest): Promise<PlatformTestResult> {
    const system = testedSystem(this.systems, name);
    if (system.platformTest === undefined) {
      return { status: "unavailable", detail: system.lacks.platformTest ?? `${system.title} has no test call` };
    }
    return system.platformTest(await this.client(system), request);
  }

  private block(system: System) {
    return systemBlock(this.config, system.name);
  }
}

/** @throws ProblemError `provider/unknown-system` */
export function testedSystem(systems: readonly System[], name: string): System {
  const system = systems.find((one) => one.name === name);
  if (system !== undefined) return system;
  const known = systems.filter(({ platformTest }) => platformTest !== undefined).map((one) => one.name);
  throw new ProblemError(unknownSystem(name, known));
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
