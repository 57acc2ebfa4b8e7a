import {
  certificateAcceptance,
  changedPlugin,
  newPlugin,
  type NameValue,
  type NewPlugin,
  type PluginProperty,
} from "../contract";
import { checked } from "../../kit/simulator/checked";
import { Refusal } from "../../kit/simulator/refusal";
import type { Table } from "../../kit/simulator/table";
import type { SimulatedMailer, MailSettings } from "./mailer";
import { rulePropertyForm, traits, type VropsSimulatorOptions } from "./options";
import { ruleProperties } from "./rule-properties";
import type { SmtpCertificate } from "./smtp-certificate";
import { CREDENTIAL, EMAIL_BY_CREDENTIAL, isSecretKey, LOGIN_SETTINGS, PLUGIN_TYPES } from "./plugin-types";
import { conflict, internalError, invalidBody, nameTaken, notFound, staleVersion, unknownObject } from "./refusal";

export interface StoredPlugin {
  readonly pluginId: string;
  readonly pluginTypeId: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly enabled: boolean;
  readonly version: number;
  readonly values: ReadonlyMap<string, string>;
  /** The SHA-1 of each accepted certificate. */
  readonly acceptedDigests: ReadonlySet<string>;
  /** The presented certificates that wait for acceptance. */
  readonly untrusted: readonly SmtpCertificate[];
}

/** A login that is kept beside the plugins that use it. */
export interface StoredCredential {
  readonly userName: string;
  readonly password: string;
}

const EMAIL = "StandardEmailPlugin";
const MASK = "********";
/** Whether mail is sent by the vendor's own relay: vROps in the vendor's cloud. */
const HOSTED = "isVMwareHostedEmailPlugin";

/** The outbound instances, with the vendor's rules. */
export class PluginStore {
  constructor(
    readonly plugins: Table<StoredPlugin>,
    private readonly credentials: Table<StoredCredential>,
    private readonly options: VropsSimulatorOptions,
    private readonly mailer: SimulatedMailer,
    private readonly newId: () => string,
  ) {}

  list(pluginTypeId: string | undefined) {
    const all = this.plugins.list((plugin) => !pluginTypeId || plugin.pluginTypeId === pluginTypeId);
    return { notificationPluginInstances: all.map((plugin) => this.wire(plugin)) };
  }

  get(id: string): StoredPlugin {
    const plugin = this.plugins.get(id);
    if (!plugin) throw unknownObject(traits(this.options.version).unknownPluginStatus, "pluginId", id);
    return plugin;
  }

  async create(body: unknown) {
    const request = checked(newPlugin, body, invalidBody);
    if (request["pluginId"]) throw internalError("pluginId must not be given on create");
    const values = this.kept(request);
    this.checkName(request.name);
    // Appliances keep settings of their own beside the declared ones; one that is given at creation is kept.
    if (request.pluginTypeId === EMAIL && !values.has(HOSTED)) values.set(HOSTED, "false");
    const pluginId = this.newId();
    this.plugins.set(pluginId, {
      pluginId,
      pluginTypeId: request.pluginTypeId,
      name: request.name,
      description: request.description ?? undefined,
      enabled: false,
      version: 1,
      values,
      acceptedDigests: new Set(),
      untrusted: [],
    });
    return this.withCertificates(pluginId);
  }

  async update(body: unknown) {
    const request = checked(changedPlugin, body, invalidBody);
    const plugin = this.get(request.pluginId);
    if (plugin.pluginTypeId !== request.pluginTypeId) throw internalError("pluginTypeId cannot be changed");
    const { hasVersionLock, staleVersionStatus } = traits(this.options.version);
    if (hasVersionLock && request.version !== plugin.version) {
      throw staleVersion(staleVersionStatus, request.version, plugin.version);
    }
    if (plugin.enabled) throw conflict(400, `Plugin instance "${plugin.name}" must be disabled before it is updated.`);
    const values = this.kept(request);
    this.checkName(request.name, plugin.pluginId);
    if (this.options.omittedSecret === "kept") {
      for (const [key, value] of plugin.values) {
        if (isSecretKey(plugin.pluginTypeId, key) && !values.has(key)) values.set(key, value);
      }
    }
    this.edit(plugin, { name: request.name, description: request.description ?? undefined, values });
    return this.withCertificates(plugin.pluginId);
  }

  acceptCertificates(body: unknown) {
    const { pluginId, certificates } = checked(certificateAcceptance, body, invalidBody);
    const plugin = this.get(pluginId);
    const handles = certificates.map(({ thumbprint }) => thumbprint);
    const isMeant = ({ wire }: SmtpCertificate) => handles.some((handle) => handle === wire.thumbprint);
    const stranger = handles.find((one) => !plugin.untrusted.some(({ wire }) => wire.thumbprint === one));
    if (stranger !== undefined) throw internalError(`No untrusted certificate with thumbprint ${stranger} is waiting`);
    const accepted = plugin.untrusted.filter(isMeant).map(({ digest }) => digest);
    return this.wire(
      this.edit(plugin, {
        acceptedDigests: new Set([...plugin.acceptedDigests, ...accepted]),
        untrusted: plugin.untrusted.filter((one) => !isMeant(one)),
      }),
    );
  }

  setEnabled(id: string, enabled: string): void {
    if (enabled !== "true" && enabled !== "false") throw unknownObject(400, "enabled", enabled);
    this.edit(this.get(id), { enabled: enabled === "true" });
  }

  /** Changes a plugin. Every change is counted, like in vROps. */
  edit(plugin: StoredPlugin, changes: Partial<StoredPlugin>): StoredPlugin {
    return this.plugins.set(plugin.pluginId, { ...plugin, ...changes, version: plugin.version + 1 });
  }

  type(id: string) {
    const type = PLUGIN_TYPES[id];
    if (!type) throw notFound(`Plugin type "${id}" is not known.`);
    if (id !== EMAIL) return type;
    const email = this.options.credentials === "objects" ? EMAIL_BY_CREDENTIAL : type;
    const more = ruleProperties(rulePropertyForm(this.options));
    return { ...email, "rule-properties": [...(email["rule-properties"] ?? []), ...more] };
  }

  /** A person creates a credential in the form of the plugin and selects it. */
  giveCredential(plugin: StoredPlugin, credential: StoredCredential): StoredPlugin {
    const id = this.newId();
    this.credentials.set(id, credential);
    return this.edit(plugin, { values: new Map([...plugin.values, [CREDENTIAL, id]]) });
  }

  /** The settings that result from a request; those of a login are silently ignored where logins are objects. */
  private kept(request: NewPlugin): Map<string, string> {
    const values = checkedValues(request);
    if (request.pluginTypeId === EMAIL && this.options.credentials !== "settings") {
      for (const key of LOGIN_SETTINGS) values.delete(key);
    }
    return values;
  }

  settings(plugin: StoredPlugin): MailSettings {
    if (plugin.pluginTypeId !== EMAIL) throw internalError(`Plugin type ${plugin.pluginTypeId} does not send mail`);
    return mailSettings(plugin, this.credentials.get(plugin.values.get(CREDENTIAL) ?? ""));
  }

  wire(plugin: StoredPlugin): Record<string, unknown> {
    return {
      pluginTypeId: plugin.pluginTypeId,
      pluginId: plugin.pluginId,
      name: plugin.name,
      ...(plugin.description === undefined ? {} : { description: plugin.description }),
      ...(traits(this.options.version).hasVersionLock ? { version: plugin.version } : {}),
      enabled: plugin.enabled,
      configValues: [...plugin.values].flatMap(([name, value]) => this.shown(plugin.pluginTypeId, name, value)),
    };
  }

  /** The settings for the state page: secrets are masked whatever the read-back option says. */
  masked(plugin: StoredPlugin): Record<string, unknown> {
    const configValues = [...plugin.values].map(([name, value]) => ({
      name,
      value: isSecretKey(plugin.pluginTypeId, name) ? MASK : value,
    }));
    return { ...this.wire(plugin), configValues };
  }

  private shown(pluginTypeId: string, name: string, value: string): NameValue[] {
    if (!isSecretKey(pluginTypeId, name) || this.options.secretReadBack === "echoed") return [{ name, value }];
    return this.options.secretReadBack === "masked" ? [{ name, value: MASK }] : [];
  }

  private checkName(name: string, own?: string): void {
    const taken = this.plugins.list((plugin) => plugin.name === name && plugin.pluginId !== own).length > 0;
    if (taken && this.options.uniqueNames) throw nameTaken(400, `outbound plugin instance "${name}"`);
  }

  private async withCertificates(id: string) {
    const plugin = this.get(id);
    const presented =
      plugin.pluginTypeId === EMAIL ? await this.mailer.untrustedCertificate(this.settings(plugin)) : undefined;
    const untrusted = presented === undefined ? [] : [presented];
    this.plugins.patch(id, { untrusted });
    return {
      ...this.wire(plugin),
      ...(untrusted.length > 0 ? { certificates: untrusted.map(({ wire }) => wire) } : {}),
    };
  }
}

function mailSettings(plugin: StoredPlugin, credential: StoredCredential | undefined): MailSettings {
  const value = (key: string) => plugin.values.get(key) ?? "";
  const secure = value("IS_SECURE_CONNECTION") === "true";
  return {
    host: value("SMTP_HOST"),
    port: Number(value("SMTP_PORT")),
    security: !secure ? "none" : value("SECURE_CONNECTION_TYPE") === "SSL" ? "tls" : "starttls",
    ...(credential === undefined ? {} : { auth: { user: credential.userName, pass: credential.password } }),
    ...(value("IS_REQUIRES_AUTHETICATION") === "true"
      ? { auth: { user: value("USERNAME"), pass: value("PASSWORD") } }
      : {}),
    from: { name: value("senderName"), address: value("senderEmailAddress") },
    acceptedDigests: plugin.acceptedDigests,
  };
}

/** The settings by key, if the type allows them; keys that it does not describe are kept, as appliances do. */
function checkedValues(request: NewPlugin): Map<string, string> {
  const type = PLUGIN_TYPES[request.pluginTypeId];
  if (!type) throw notFound(`Plugin type "${request.pluginTypeId}" is not known.`);
  const values = new Map((request.configValues ?? []).map(({ name, value }) => [name, value]));
  if (values.size !== (request.configValues ?? []).length) throw internalError("a property key is given twice");
  for (const property of type.properties ?? []) {
    const value = values.get(property.key);
    if (property.required && !value) throw internalError(`property key is required: ${property.key}`);
    if (value !== undefined && !fits(property, value)) {
      throw new Refusal(400, {
        message: "Invalid input format.",
        httpStatusCode: 400,
        apiErrorCode: 1501,
        validationFailures: [{ failureMessage: `Cannot convert "${value}"`, violationPath: property.key }],
      });
    }
  }
  return values;
}

function fits({ dataType, length, "enum-values": words }: PluginProperty, value: string): boolean {
  if (length && value.length > length) return false;
  if (dataType === "BOOLEAN") return value === "true" || value === "false";
  if (dataType === "INTEGER") return /^\d+$/.test(value);
  if (dataType === "ENUM") return (words ?? []).includes(value);
  return true;
}
