import { objectWords } from "../kit/words";
import { emailPluginSchema } from "./email-plugin.schema";
import { vropsWords } from "./words";

export const emailPluginWords = objectWords(vropsWords, emailPluginSchema, {
  kind: "e-mail plugin",
  where: "Outbound Settings",
  importId: {
    form: "its id, a GUID",
    shownBy: "`GET /suite-api/api/alertplugins`, as `pluginId`",
    example: "0af46857-0186-406e-a7c8-bdcf0cc7737d",
  },
});
