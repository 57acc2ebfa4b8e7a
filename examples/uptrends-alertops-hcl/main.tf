terraform {
  required_version = ">= 1.11"
  required_providers {
    outbound = {
      source  = "registry.terraform.io/cdktf-outbound/outbound"
      version = "0.1.0"
    }
  }
}

# Addresses and keys come from UPTRENDS_... and ALERTOPS_... variables.
provider "outbound" {}

resource "outbound_alertops_inbound_integration" "uptrends" {
  name              = "Uptrends prod"
  template_from     = "Uptrends" # made once by hand: AlertOps publishes no numbers of its predefined integrations
  escalation_policy = "Standard"
  recipient_groups  = ["NOC"]

  # The old URL works until Uptrends has the new one.
  lifecycle {
    create_before_destroy = true
  }
}

# The URL, while Terraform runs: in no plan and no state.
ephemeral "outbound_alertops_inbound_integration" "uptrends" {
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

# What it alerts for: without a member, it never does. Members come last and go first, so that it alerts once the way is whole.
data "outbound_uptrends_monitor_group" "production" {
  name = "Production"
}

resource "outbound_uptrends_alert_definition_member" "production" {
  alert_definition_id = outbound_uptrends_alert_definition.oncall.id
  monitor_group_id    = data.outbound_uptrends_monitor_group.production.id

  depends_on = [outbound_uptrends_integration_attachment.alertops]
}

resource "outbound_uptrends_escalation_level" "first" {
  alert_definition_id   = outbound_uptrends_alert_definition.oncall.id
  level                 = 1
  enabled               = true
  threshold_error_count = 2
}

resource "outbound_uptrends_integration_attachment" "alertops" {
  alert_definition_id = outbound_uptrends_alert_definition.oncall.id
  level               = outbound_uptrends_escalation_level.first.level
  integration_id      = data.outbound_uptrends_integration.alertops.id

  variable_values_wo = {
    ApiUrl = ephemeral.outbound_alertops_inbound_integration.uptrends.api_url
  }
}

# Whom the level tells besides, through integrations for people such as Email.
data "outbound_uptrends_operator_group" "noc" {
  name = "NOC"
}

resource "outbound_uptrends_escalation_level_member" "noc" {
  alert_definition_id = outbound_uptrends_alert_definition.oncall.id
  level               = outbound_uptrends_escalation_level.first.level
  operator_group_id   = data.outbound_uptrends_operator_group.noc.id
}
