import { topologyOf } from "../kit/topology";
import { flowSchema } from "./flow.schema";

export const topology = topologyOf(flowSchema, ({ service_name: source, ip, port, description }) => [
  {
    kind: "flow",
    source: source ?? undefined,
    lets: "vrops",
    ip: ip ?? undefined,
    port: port ?? undefined,
    description,
  },
]);
