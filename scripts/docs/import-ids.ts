/** How an object of each type is named in `terraform import`. A type that is not here cannot be imported. */
export const importIds: Readonly<Record<string, string>> = {
  outbound_ovh_vrops_flow: "pcc-192-0-2-10/42",
  outbound_vrops_email_plugin: "0af46857-0186-406e-a7c8-bdcf0cc7737d",
  outbound_vrops_plugin: "0af46857-0186-406e-a7c8-bdcf0cc7737d",
  outbound_vrops_notification_rule: "493b1a14-ad34-4f0a-a2b4-97c99eb4bc75",
};
