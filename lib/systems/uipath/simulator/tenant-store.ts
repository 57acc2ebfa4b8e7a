import { checked } from "../../kit/simulator/checked";
import type { Table } from "../../kit/simulator/table";
import { deleteBulk, updateBulk } from "../contract";
import { ALERTS_ENABLED, TENANT_KEYS } from "../keys";
import { isMask } from "../../kit/mask";
import type { UiPathSimulatorOptions } from "./options";
import { invalidInput, notFound } from "./refusal";

/** As Orchestrator shows a stored password. */
export const ORCHESTRATOR_MASK = "•".repeat(12);

/** What a new installation has, before anybody sets anything. */
const FACTORY: Readonly<Record<string, string>> = {
  [TENANT_KEYS.host]: "127.0.0.1",
  [TENANT_KEYS.port]: "25",
  [TENANT_KEYS.username]: "",
  [TENANT_KEYS.password]: "",
  [TENANT_KEYS.domain]: "",
  [TENANT_KEYS.enableSsl]: "false",
  [TENANT_KEYS.useDefaultCredentials]: "true",
  [TENANT_KEYS.senderAddress]: "",
  [TENANT_KEYS.senderName]: "",
  [ALERTS_ENABLED]: "true",
  "Abp.Timing.TimeZone": "UTC",
  "Abp.Localization.DefaultLanguageName": "en",
};

export interface Setting {
  readonly name: string;
  readonly value: string;
}

/** The settings of one tenant, on top of the host's. */
export class TenantStore {
  private readonly host: ReadonlyMap<string, string>;

  constructor(
    /** What the tenant has set itself, by name. */
    private readonly own: Table<Setting>,
    private readonly options: UiPathSimulatorOptions,
  ) {
    this.host = new Map(Object.entries({ ...FACTORY, ...options.hostSettings }));
  }

  value(name: string): string {
    return this.own.get(name)?.value ?? this.host.get(name) ?? "";
  }

  isOwn(name: string): boolean {
    return this.own.get(name) !== undefined;
  }

  set(name: string, value: string): void {
    this.own.set(name, { name, value });
  }

  /** Back to what the host has set. */
  unset(name: string): void {
    this.own.delete(name);
  }

  list() {
    return {
      "@odata.context": "/odata/$metadata#Settings",
      value: [...this.host.keys()].map((name) => ({
        Name: name,
        Value: name === TENANT_KEYS.password && this.value(name) !== "" ? ORCHESTRATOR_MASK : this.value(name),
        Scope: this.options.showScope ? (this.isOwn(name) ? "Tenant" : "Application") : null,
        Id: name,
      })),
    };
  }

  update(body: unknown): void {
    const { settings } = checked(updateBulk, body, invalidInput);
    for (const { Name } of settings) if (!this.host.has(Name)) throw notFound(`The setting ${Name}`);
    for (const { Name, Value } of settings) {
      // Lower-case on reading, whatever was written.
      this.set(Name, /^(true|false)$/i.test(Value ?? "") ? Value!.toLowerCase() : (Value ?? ""));
    }
  }

  delete(body: unknown): void {
    const { settingNames } = checked(deleteBulk, body, invalidInput);
    if (this.options.deleteRefusesUnset) {
      for (const name of settingNames) if (!this.isOwn(name)) throw notFound(`The setting ${name}`);
    }
    for (const name of settingNames) this.unset(name);
  }

  /** For the state page: the password only as what can be told of it. */
  shown(): Record<string, string> {
    return Object.fromEntries(
      this.own.list().map(({ name, value }) => [name, name === TENANT_KEYS.password ? about(value) : value]),
    );
  }
}

/** A password that is itself a mask is the mistake this must be able to show. */
export const about = (password: string) => (password === "" ? "(none)" : isMask(password) ? "(a mask!)" : "(stored)");
