import type { DataSource } from "../../terraform-plugin/resource";
import type { OvhVropsClient } from "./client";
import { vropsSchema, type VropsSchema } from "./vrops.schema";

/** `outbound_ovh_vrops`: the state, URL and public address of a hosted vROps. */
export const vropsData: DataSource<VropsSchema, OvhVropsClient> = {
  schema: vropsSchema,

  async read({ service_name, timeouts }, { client, signal }) {
    const vrops = await client.vrops(service_name, signal);
    return {
      id: service_name,
      service_name,
      state: vrops.state,
      enabled: vrops.state === "enabled",
      url: vrops.url ?? null,
      public_ip: vrops.vROpsPublicIP ?? null,
      version: vrops.version ?? null,
      upgrades: vrops.upgrades ?? [],
      timeouts,
    };
  },
};
