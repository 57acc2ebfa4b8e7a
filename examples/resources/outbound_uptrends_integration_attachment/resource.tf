terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

resource "outbound_alertops_inbound_integration" "uptrends" {
  name              = "Uptrends prod"
  template_from     = "Uptrends"
  escalation_policy = "Standard"
}

# The URL that alerts are posted to, while Terraform runs: in no plan and no state.
ephemeral "outbound_alertops_inbound_integration" "uptrends_url" {
  id = outbound_alertops_inbound_integration.uptrends.id
}

# Made once by hand: the Uptrends API cannot create integrations.
data "outbound_uptrends_integration" "alertops" {
  name = "AlertOps - prod"
  type = "GenericWebhook"
}

resource "outbound_uptrends_alert_definition" "oncall" {
  name = "Prod - on-call"
}

resource "outbound_uptrends_integration_attachment" "attachment" {
  alert_definition_id = outbound_uptrends_alert_definition.oncall.id
  level               = 1
  integration_id      = data.outbound_uptrends_integration.alertops.id

  variable_values_wo = {
    ApiUrl = ephemeral.outbound_alertops_inbound_integration.uptrends_url.api_url
  }
}
