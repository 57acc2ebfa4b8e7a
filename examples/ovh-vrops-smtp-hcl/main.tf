# Alert mail of a vROps hosted by OVHcloud: firewall flow, SMTP plugin, route and test mail.

terraform {
  required_version = ">= 1.11"

  required_providers {
    outbound = {
      source  = "registry.terraform.io/cdktf-outbound/outbound"
      version = "0.1.0"
    }
  }
}

# Keys and passwords of OVHcloud and vROps come from OVH_... and VROPS_... variables.
provider "outbound" {}

resource "outbound_ovh_vrops_flow" "smtp" {
  service_name = var.service_name
  ip           = var.smtp_ip
  port         = var.smtp_port
  description  = "alert mail"
}

resource "outbound_vrops_email_plugin" "smtp" {
  name                = "Prod SMTP"
  smtp_host           = var.smtp_host
  smtp_port           = var.smtp_port
  security            = "starttls"
  username            = var.smtp_user
  password_wo         = var.smtp_password
  password_wo_version = var.smtp_password_version
  sender_address      = var.sender
  sender_name         = "Alerting"

  trusted_certificate_thumbprint = var.smtp_thumbprint

  # vROps tries the server as soon as the plugin is enabled.
  depends_on = [outbound_ovh_vrops_flow.smtp]
}

resource "outbound_vrops_notification_rule" "critical" {
  name          = "Critical alerts to on-call"
  plugin_id     = outbound_vrops_email_plugin.smtp.id
  receivers     = var.receivers
  criticalities = ["CRITICAL", "IMMEDIATE"]
}

# Sent again whenever something on the way of the alerts changes.
resource "outbound_test_email" "chain" {
  smtp_host           = var.smtp_host
  smtp_port           = var.smtp_port
  security            = "starttls"
  username            = var.smtp_user
  password_wo         = var.smtp_password
  password_wo_version = var.smtp_password_version
  ca_certificate      = var.smtp_ca
  from_address        = var.sender
  from_name           = "Alerting"
  to                  = var.receivers
  declared_flows      = ["${outbound_ovh_vrops_flow.smtp.ip}:${outbound_ovh_vrops_flow.smtp.port}"]
  via                 = [{ system = "vrops", id = outbound_vrops_email_plugin.smtp.id }]

  triggers = {
    flow = outbound_ovh_vrops_flow.smtp.id
    rule = outbound_vrops_notification_rule.critical.id
  }
}

output "verdict" {
  description = "What the test mail proved."
  value       = outbound_test_email.chain.verdict
}
