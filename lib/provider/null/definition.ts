import { randomUUID } from "node:crypto";
import type { ProviderDefinition } from "../../terraform-plugin/provider";
import { wholeId } from "../../terraform-plugin/import-identity";
import type { Resource } from "../../terraform-plugin/resource";
import { defineSchema, mapOf, string } from "../../terraform-plugin/schema";
import { NULL_NAME, NULL_VERSION } from "../../package/identity";

/**
 * Our own `null_resource`, for machines that cannot reach the registry: the smallest complete provider that
 * `terraform-plugin/` can serve. It does what the well-known one does, and no more.
 */
const schema = defineSchema({
  type: "null_resource",
  description: "A resource that does nothing but be replaced when its triggers change.",
  identity: { none: "there is nothing outside" },
  importIdentity: wholeId,
  attributes: {
    triggers: mapOf("string", "optional", {
      description: "A change of any value replaces the resource.",
      replace: true,
    }),
    id: string("computed", { description: "Set at random when created.", keep: true }),
  },
});

const nullResource = (randomId: () => string): Resource<typeof schema> => ({
  schema,
  create: async ({ planned }) => ({ ...planned, id: randomId() }),
  read: async ({ prior }) => prior,
  delete: async () => undefined,
});

export const nullProvider = (randomId: () => string): ProviderDefinition<Record<never, never>, undefined> => ({
  name: NULL_NAME,
  version: NULL_VERSION,
  description: "`null_resource`, without the registry.",
  attributes: {},
  configure: () => undefined,
  resources: [{ handler: nullResource(randomId), client: async () => undefined }],
  dataSources: [],
});

export const nullDefinition = nullProvider(randomUUID);
