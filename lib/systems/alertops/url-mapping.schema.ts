import { nestedObject, setOf, string, type ObjectOf } from "../../terraform-plugin/schema";
import { each, nonEmpty, singleLine } from "../../validators";

const line = [nonEmpty, singleLine];

const condition = {
  type: string("required", {
    description:
      "How the value of the field is compared, in AlertOps' own words, which it does not document: as they stand in an integration made by hand, such as `Contains`.",
    validators: line,
  }),
  values: setOf("string", "required", {
    description: "What it is compared with; one of them is enough.",
    validators: [each(nonEmpty), each(singleLine)],
  }),
};

/**
 * The meaning of an alert's fields, as AlertOps' own Terraform provider models it. A name may descend into objects by `^`:
 * `issue^id`.
 */
export const urlMappingAttributes = {
  source: string("optional", {
    description:
      "A fixed text: what the alerts come from. AlertOps ends the integration's URL with it. Unset: the integration's name.",
    validators: line,
  }),
  source_name: string("optional", {
    description: "The field with the name of what raised the alert. Unset: the source, as a fixed text.",
    validators: line,
  }),
  source_id: string("required", {
    description: "The field that tells alerts apart: an alert is closed by a message with the same value.",
    validators: line,
  }),
  source_status: string("required", {
    description: "The field that says whether an alert opens or closes.",
    validators: line,
  }),
  subject: string("optional", { description: "The field with the alert's title.", validators: line }),
  long_text: string("optional", { description: "The field with the alert's text.", validators: line }),
  open_alert_when: nestedObject(
    {
      field_name: string("optional", {
        description: "Another field than `source_status` that decides.",
        validators: line,
      }),
      ...condition,
    },
    "required",
    { description: "When a message opens an alert." },
  ),
  close_alert_when: nestedObject(condition, "optional", {
    description: "When a message closes its alert. Unset: alerts are closed by hand.",
  }),
  update_alert_when: nestedObject(condition, "optional", {
    description: "When a message updates its alert. Unset: as AlertOps has it.",
  }),
};

export type UrlMapping = ObjectOf<typeof urlMappingAttributes>;
