/** How an object of each type is named in `terraform import`. A type that is not here cannot be imported. */
export const importIds: Readonly<Record<string, string>> = {
  outbound_ovh_vrops_flow: "pcc-192-0-2-10/42",
  outbound_vrops_email_plugin: "0af46857-0186-406e-a7c8-bdcf0cc7737d",
  outbound_vrops_plugin: "0af46857-0186-406e-a7c8-bdcf0cc7737d",
  outbound_vrops_notification_rule: "493b1a14-ad34-4f0a-a2b4-97c99eb4bc75",
  outbound_uipath_tenant_mail: "tenant",
  outbound_uipath_system_mail: "organization/3fa85f64-5717-4562-b3fc-2c963f66afa6",
  outbound_uipath_webhook: "42",
  outbound_alertops_inbound_integration: "4711",
  outbound_uptrends_alert_definition: "e06bcd76-b20f-42de-a2d4-5b2a4daad902",
  outbound_uptrends_escalation_level: "e06bcd76-b20f-42de-a2d4-5b2a4daad902/1",
  outbound_uptrends_integration_attachment:
    "e06bcd76-b20f-42de-a2d4-5b2a4daad902/1/5c3f0c1e-6a8e-4d0a-9a55-0f5f7f0a1b2c",
};
