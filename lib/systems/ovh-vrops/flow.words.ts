import { objectWords } from "../kit/words";
import { flowSchema } from "./flow.schema";
import { ovhWords } from "./words";

export const flowWords = objectWords(ovhWords, flowSchema, {
  kind: "flow",
  identifiedBy: "ip",
  naming: "phrase",
  where: "GET /dedicatedCloud/<service>/vrops/outgoingFlow",
  importId: { form: "<service_name>/<flow_id>", example: "pcc-192-0-2-10/42" },
});
