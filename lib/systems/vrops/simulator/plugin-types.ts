import type { PluginProperty, PluginType } from "../contract";

type DataType = "STRING" | "BOOLEAN" | "PASSWORD" | "INTEGER" | "ENUM" | "UNSPECIFIED";

/**
 * The plugin types of this vROps, as `/api/alertplugins/types/{id}` describes them. The keys of e-mail and SNMP are the
 * documented ones; those of webhook and log file are plausible, because the vendor publishes them only on a live system.
 */
export const PLUGIN_TYPES: Readonly<Record<string, PluginType>> = {
  StandardEmailPlugin: type(
    "StandardEmailPlugin",
    "Sends alerts by e-mail",
    [
      property("IS_SECURE_CONNECTION", "BOOLEAN", { defaultValue: "false" }),
      property("SECURE_CONNECTION_TYPE", "ENUM", { "enum-values": ["SSL", "TLS"] }),
      property("IS_REQUIRES_AUTHETICATION", "BOOLEAN", { defaultValue: "false" }),
      property("SMTP_HOST", "STRING", { required: true }),
      property("SMTP_PORT", "INTEGER", { required: true }),
      property("USERNAME", "STRING"),
      property("PASSWORD", "PASSWORD"),
      property("senderEmailAddress", "STRING", { required: true }),
      property("senderName", "STRING", { length: 255 }),
    ],
    [
      property("emailaddr", "STRING", { required: true }),
      property("resend", "INTEGER"),
      property("maxNotify", "INTEGER"),
      property("delay", "INTEGER"),
    ],
  ),
  WebhookPlugin: type("WebhookPlugin", "Calls a URL", [
    property("Url", "STRING", { required: true, length: 2048 }),
    property("ConnectionCount", "INTEGER", { defaultValue: "20" }),
    property("Method", "ENUM", { "enum-values": ["POST", "PUT"] }),
    property("VerifyHost", "BOOLEAN"),
    property("Username", "STRING"),
    property("Password", "PASSWORD"),
    property("Certificate", "STRING", { isDeprecated: true }),
  ]),
  "SNMP Trap": type("SNMP Trap", "Sends SNMP traps", [
    property("destination_addr", "UNSPECIFIED", { required: true }),
    property("port", "INTEGER", { defaultValue: "162" }),
    property("community", "PASSWORD"),
  ]),
  "Log File": type("Log File", "Writes alerts to a file on the node", [
    property("output_folder", "STRING", { defaultValue: "/usr/lib/vmware-vcops/common/bin/" }),
  ]),
};

/** The keys by which an e-mail plugin logs in, where logins are settings. */
export const LOGIN_SETTINGS: readonly string[] = ["IS_REQUIRES_AUTHETICATION", "USERNAME", "PASSWORD"];

/**
 * The key that refers to a credential, where logins are objects. The real key is not known; nothing may depend on this one.
 */
export const CREDENTIAL = "SERVICE_CREDENTIAL";

/** The type of e-mail where logins are objects. */
export const EMAIL_BY_CREDENTIAL: PluginType = type(
  "StandardEmailPlugin",
  "Sends alerts by e-mail",
  [
    ...(PLUGIN_TYPES["StandardEmailPlugin"]?.properties ?? []).filter(({ key }) => !LOGIN_SETTINGS.includes(key)),
    property(CREDENTIAL, "STRING", { acceptableServiceCredentialTypes: ["BASIC"] }),
  ],
  [...(PLUGIN_TYPES["StandardEmailPlugin"]?.["rule-properties"] ?? [])],
);

/** Whether a key holds a secret, in any plugin type. */
export function isSecretKey(pluginTypeId: string, key: string): boolean {
  return (PLUGIN_TYPES[pluginTypeId]?.properties ?? []).some(
    (property) => property.key === key && property.dataType === "PASSWORD",
  );
}

function type(
  id: string,
  description: string,
  properties: PluginProperty[],
  ruleProperties: PluginProperty[] = [],
): PluginType {
  const numbered = (list: PluginProperty[]) => list.map((item, index) => ({ ...item, displayOrder: index + 1 }));
  return { id, description, properties: numbered(properties), "rule-properties": numbered(ruleProperties) };
}

function property(key: string, dataType: DataType, rest: Partial<PluginProperty> = {}): PluginProperty {
  return { key, dataType, length: 0, required: false, isDeprecated: false, ...rest };
}
