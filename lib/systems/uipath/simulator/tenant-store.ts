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

/** The mask of a stored password in Orchestrator. */
export const ORCHESTRATOR_MASK = "•".repeat(12);

/** The settings of a new installation. */
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
    /** The tenant's own settings, by name. */
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

  /** Removes the tenant's own value, so that the host's applies. */
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

  /** Reads one setting, whose answer is the value alone. */
  read(name: string) {
    return { value: this.shownValue(this.known(name)) };
  }

  update(body: unknown): void {
    const { settings } = read(updateBulk, body);
    for (const { Name } of settings) this.known(Name);
    for (const one of settings) this.store(one);
  }

  /** Writes one setting, by the name in the address. */
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

  /** The canonical name of a setting; case does not matter. */
  private known(name: string): string {
    const known = [...this.host.keys()].find((one) => one.toLowerCase() === name.toLowerCase());
    if (known === undefined) throw notFound(`The setting ${name}`);
    return known;
  }

  private store({ Name, Value = "" }: { readonly Name: string; readonly Value?: string | undefined }): void {
    // Booleans are returned in lower case, however they were written.
    this.set(this.known(Name), /^(true|false)$/i.test(Value) ? Value.toLowerCase() : Value);
  }

  private shownValue(name: string): string {
    return name === TENANT_KEYS.password && this.value(name) !== "" ? ORCHESTRATOR_MASK : this.value(name);
  }

  /** The settings for the state page; the password appears only as a description. */
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

/** Describes a password; a mask stored as the password is a mistake that must be visible here. */
export const about = (password: string) => (password === "" ? "(none)" : isMask(password) ? "(a mask!)" : "(stored)");
