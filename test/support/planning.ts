import type { Context, PlanContext } from "../../lib/terraform-plugin/resource";

/** The context that a plan hook gets while all settings are known. */
export function planning<Client>({ client, ...context }: Context<Client>): PlanContext<Client> {
  return { ...context, connect: async () => client };
}
