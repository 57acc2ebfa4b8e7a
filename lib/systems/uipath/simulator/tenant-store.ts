import type * as z from "../../../core/zod";
import { inContractCase } from "../../kit/simulator/any-case";
import { checked } from "../../kit/simulator/checked";
import type { Table } from "../../kit/simulator/table";
import { deleteBulk, tenantSetting, updateBulk } from "../contract";
import { ALERTS_ENABLED, TENANT_KEYS } from "../keys";
import { isMask } from "../../kit/mask";
import { answerQuery, type Query } from "./odata-query";
import { tenantMailOf, type UiPathSimulatorOptions } from "./options";
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

export interface StoredSetting {
  readonly name: string;
  readonly value: string;
}

/** The settings of one tenant, on top of the host's. */
export class TenantStore {
  private readonly host: ReadonlyMap<string, string>;

  constructor(
    /** What the tenant has set itself, by name. */
    private readonly own: Table<StoredSetting>,
    private readonly options: UiPathSimulatorOptions,
  ) {
    const all = Object.entries({ ...FACTORY, ...options.hostSettings });
    const isKnown = ([name]: readonly [string, string]) => tenantMailOf(options) !== "absent" || !MAIL.has(name);
    this.host = new Map(all.filter(isKnown));
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

  list(query: Query) {
    const rows = [...this.host.keys()].map((name) => ({
      Name: name,
      Value: this.shownValue(name),
      Scope: this.options.showScope ? (this.isOwn(name) ? "Tenant" : "Application") : null,
      Id: name,
    }));
    return { "@odata.context": "/odata/$metadata#Settings", ...answerQuery(rows, query) };
  }

  /** One setting by its name is its value alone. */
  read(name: string) {
    return { value: this.shownValue(this.known(name)) };
  }

  update(body: unknown): void {
    const { settings } = read(updateBulk, body);
    for (const { Name } of settings) this.known(Name);
    for (const one of settings) this.store(one);
  }

  /** One setting, by the name in the address. */
  put(name: string, body: unknown): void {
    const setting = read(tenantSetting, body);
    if (setting.Name.toLowerCase() !== name.toLowerCase()) throw notFound(`The setting ${setting.Name}`);
    this.store(setting);
  }

  delete(body: unknown): void {
    const { settingNames } = read(deleteBulk, body);
    if (this.options.deleteRefusesUnset) {
      for (const name of settingNames) if (!this.isOwn(name)) throw notFound(`The setting ${name}`);
    }
    for (const name of settingNames) this.unset(name);
  }

  /** Names of settings have no case that matters. */
  private known(name: string): string {
    const known = [...this.host.keys()].find((one) => one.toLowerCase() === name.toLowerCase());
    if (known === undefined) throw notFound(`The setting ${name}`);
    return known;
  }

  private store({ Name, Value = "" }: { readonly Name: string; readonly Value?: string | undefined }): void {
    // Lower-case on reading, whatever was written.
    this.set(this.known(Name), /^(true|false)$/i.test(Value) ? Value.toLowerCase() : Value);
  }

  private shownValue(name: string): string {
    return name === TENANT_KEYS.password && this.value(name) !== "" ? ORCHESTRATOR_MASK : this.value(name);
  }

  /** For the state page: the password only as what can be told of it. */
  shown(): Record<string, string> {
    return Object.fromEntries(
      this.own.list().map(({ name, value }) => [name, name === TENANT_KEYS.password ? about(value) : value]),
    );
  }
}

const MAIL = new Set<string>(Object.values(TENANT_KEYS));

function read<T>(contract: z.ZodMiniType<T>, body: unknown): T {
  return checked(contract, inContractCase(contract, body), invalidInput);
}

/** A password that is itself a mask is the mistake this must be able to show. */
export const about = (password: string) => (password === "" ? "(none)" : isMask(password) ? "(a mask!)" : "(stored)");
