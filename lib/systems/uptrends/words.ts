import { objectWords, type ApiWords } from "../kit/words";
import { alertDefinitionSchema } from "./alert-definition.schema";
import { escalationLevelSchema } from "./escalation-level.schema";
import { integrationAttachmentSchema } from "./integration-attachment.schema";

export const uptrendsWords: ApiWords = {
  name: "uptrends",
  title: "Uptrends",
  login: {
    credential: "the user name or the password",
    setting: "username",
    fix: "Check uptrends.username and uptrends.password (UPTRENDS_USERNAME, UPTRENDS_PASSWORD): they are those of an API account (32 hexadecimal digits), not of an operator.",
  },
  rights:
    "Uptrends says 403 both for values that it does not accept and for missing rights. When the answer names a field, correct it; otherwise give the API account's operator the right to edit this alert definition, and Use integration for the integration.",
  address: "Check that uptrends.url leads to the Uptrends API (https://api.uptrends.com/v4).",
};

export const definitionWords = objectWords(uptrendsWords, alertDefinitionSchema, {
  kind: "alert definition",
  where: "Alerting, Alert definitions",
  importId: {
    form: "its GUID, which stands in the address of its page",
    example: "e06bcd76-b20f-42de-a2d4-5b2a4daad902",
  },
});

export const levelWords = objectWords(uptrendsWords, escalationLevelSchema, {
  kind: "escalation level",
  where: "Alerting, Alert definitions, the definition",
  importId: { form: "<alert definition>/<level>, levels from 1", example: "e06bcd76-b20f-42de-a2d4-5b2a4daad902/1" },
});

export const attachmentWords = objectWords(uptrendsWords, integrationAttachmentSchema, {
  kind: "integration attachment",
  where: "Alerting, Alert definitions, the definition, Integrations",
  importId: {
    form: "<alert definition>/<level>/<integration>",
    example: "e06bcd76-b20f-42de-a2d4-5b2a4daad902/1/5c3f0c1e-6a8e-4d0a-9a55-0f5f7f0a1b2c",
  },
});
