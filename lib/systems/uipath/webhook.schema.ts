import { wholeId } from "../../terraform-plugin/import-identity";
import {
  bool,
  defineSchema,
  setOf,
  string,
  wholeNumber,
  type StateOf,
  type Validator,
} from "../../terraform-plugin/schema";
import { timeouts } from "../../terraform-plugin/timeouts";
import { each } from "../../validators/each";
import { integer } from "../../validators/integer";
import { nonEmpty } from "../../validators/non-empty";
import { singleLine, singleLineSecret } from "../../validators/single-line";
import { badWebhookUrl } from "./errors";
import { notAMask } from "./mask";

const url: Validator<string> = {
  describes: "an http or https address without user name and password",
  check: (value) => (isCallable(value) ? undefined : badWebhookUrl(value)),
};

/** A tenant's webhook. */
export const webhookSchema = defineSchema({
  type: "outbound_uipath_webhook",
  description:
    "A webhook of an Orchestrator tenant: events such as failed jobs, sent to an address as they happen. For alerts that should not only go by mail. Needs the scope `OR.Webhooks`.",
  identity: { attributes: ["name"], twins: true },
  importIdentity: wholeId,
  attributes: {
    id: string("computed", { description: "The webhook's id, given by Orchestrator; also the import id.", keep: true }),
    name: string("required", {
      description: "The name. One webhook per name: it is how an existing one is found.",
      validators: [nonEmpty, singleLine],
    }),
    description: string("optional", { description: "What it is for. Unset: none.", validators: [nonEmpty] }),
    url: string("required", { description: "Where Orchestrator posts the events.", validators: [url] }),
    enabled: bool("optional", { description: "Whether events are sent.", default: true }),
    events: setOf("string", "optional", {
      description: "Which events, such as `job.faulted`. Unset: all.",
      validators: [each(nonEmpty)],
    }),
    allow_insecure_ssl: bool("optional", {
      description: "Accept a certificate of the receiver that cannot be verified.",
      default: false,
    }),
    secret_wo: string("optional", {
      description:
        "The key with which Orchestrator signs what it sends, so that the receiver can check it. Write-only.",
      sensitive: true,
      writeOnly: true,
      validators: [singleLineSecret, notAMask],
    }),
    secret_wo_version: wholeNumber("optional", {
      description: "Raise it when `secret_wo` changes: Orchestrator does not show the secret.",
      default: 1,
      validators: [integer({ min: 0 })],
    }),
    timeouts: timeouts({ create: "5m", update: "5m", delete: "5m" }),
  },
});

function isCallable(text: string): boolean {
  try {
    const { protocol, username, password } = new URL(text);
    return /^https?:$/.test(protocol) && !username && !password;
  } catch {
    return false;
  }
}

export type WebhookSchema = typeof webhookSchema;
export type WebhookState = StateOf<WebhookSchema>;
