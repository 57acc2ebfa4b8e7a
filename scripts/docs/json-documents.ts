import { join } from "node:path";
import { createGenerator, type SchemaGenerator } from "ts-json-schema-generator";

/** The JSON that `outbound` prints and writes: one type each, from which its schema is made. */

export type { DoctorDocument } from "../../lib/cli/doctor/json";
export type { ExplanationDocument } from "../../lib/cli/commands/explain";
export type { ProviderDocument } from "../../lib/cli/commands/provider";
export type { SandboxDocument } from "../../lib/cli/commands/sandbox";
export type { Report } from "../../lib/cli/demo/report";
export type { MailSettingsDocument, MailTestDocument, MailTestsDocument } from "../../lib/cli/mail/json";
export type { RoutesDocument } from "../../lib/cli/routes-json";
export type { FindingsDocument } from "../../lib/findings/json";
export type { AnnouncementDocument } from "../../lib/notify/webhook";
export type { InventoryDocument } from "../../lib/import/json";
export type { SystemsDocument } from "../../lib/survey/json";
export type { History } from "../../lib/reconcile/history/history";
export type { Round } from "../../lib/reconcile/history/round";
export type { Detection } from "../../lib/reconcile/detection";
export type { FleetDetection } from "../../lib/reconcile/fleet/fleet";
export type { ReviewDocument } from "../../lib/review/json";
export type { FleetReviewDocument } from "../../lib/review/fleet/json";
export type { NotPlannedDocument } from "../../lib/review/not-planned";

export interface DocumentedJson {
  /** Of the schema's file: `schemas/<name>.schema.json`. */
  readonly name: string;
  /** One of those above. */
  readonly type: string;
  /** What prints or writes it. */
  readonly from: string;
}

export const jsonDocuments: readonly DocumentedJson[] = [
  { name: "review", type: "ReviewDocument", from: "outbound review --json FILE" },
  { name: "not-planned", type: "NotPlannedDocument", from: "outbound review --json FILE, of what cannot be planned" },
  {
    name: "fleet-review",
    type: "FleetReviewDocument",
    from: "outbound review PATTERN --json FILE, of several stacks",
  },
  { name: "detection", type: "Detection", from: "outbound reconcile detect --json FILE" },
  {
    name: "fleet-detection",
    type: "FleetDetection",
    from: "outbound reconcile detect PATTERN --json FILE, of several stacks",
  },
  { name: "round", type: "Round", from: "outbound watch --history FILE, each line" },
  { name: "history", type: "History", from: "outbound history --format json" },
  { name: "announcement", type: "AnnouncementDocument", from: "--notify webhook=VARIABLE" },
  { name: "routes", type: "RoutesDocument", from: "outbound routes --json" },
  { name: "inventory", type: "InventoryDocument", from: "outbound import --list --json" },
  { name: "mail-test", type: "MailTestDocument", from: "outbound probe HOST --json" },
  { name: "mail-tests", type: "MailTestsDocument", from: "outbound send --from-stack --json" },
  { name: "mail-settings", type: "MailSettingsDocument", from: "outbound send --dry-run --json" },
  { name: "explanation", type: "ExplanationDocument", from: "outbound explain --json" },
  { name: "doctor", type: "DoctorDocument", from: "outbound doctor --json" },
  { name: "systems", type: "SystemsDocument", from: "outbound doctor --systems --json" },
  { name: "sandbox", type: "SandboxDocument", from: "outbound sandbox --json" },
  { name: "provider", type: "ProviderDocument", from: "outbound provider version --json" },
  { name: "demo", type: "Report", from: "outbound demo --json FILE" },
  { name: "findings", type: "FindingsDocument", from: "outbound review --findings FILE" },
];

/** As far as the generator writes it. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly $ref?: string;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly description?: string;
}

/** Where the published schemas lie in the package. */
export const schemaPath = ({ name }: DocumentedJson) => `schemas/${name}.schema.json`;

/**
 * Makes the schemas; reading the types takes seconds, so once for all. They allow fields that they do not name, for these
 * may come without a new version.
 */
export function schemaGenerator(): (document: DocumentedJson) => JsonSchema {
  const root = join(__dirname, "../..");
  const generator: SchemaGenerator = createGenerator({
    path: join(root, "scripts/docs/json-documents.ts"),
    tsconfig: join(root, "tsconfig.json"),
    skipTypeCheck: true,
    topRef: false,
    additionalProperties: true,
  });
  return ({ name, type }) => {
    // The generator's own type has keywords as wide as the standard's.
    const { $schema, properties, ...schema } = generator.createSchema(type) as JsonSchema & {
      readonly $schema: string;
    };
    return {
      $schema,
      $id: `urn:cdktf-provider-outbound:${name}`,
      $comment: "Generated by `npm run docs` from the types in lib/. Edit these, not this.",
      ...schema,
      // What a program looks at first stands first.
      properties: { format: properties!["format"]!, ...properties },
    };
  };
}
