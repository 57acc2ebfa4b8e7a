terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

variable "smtp_password" {
  description = "The password of the SMTP login."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "outbound_vrops_email_plugin" "smtp" {
  name                = "Prod SMTP"
  smtp_host           = "smtp.example.com"
  smtp_port           = 587
  security            = "starttls"
  username            = "alerts"
  password_wo         = var.smtp_password
  password_wo_version = 1 # raise it when the password changes
  sender_address      = "alerts@example.com"
  sender_name         = "Alerting"
}

# Critical alerts about virtual machines go to the people on call, again every hour while they last.
resource "outbound_vrops_notification_rule" "critical" {
  name           = "Critical alerts to on-call"
  plugin_id      = outbound_vrops_email_plugin.smtp.id
  receivers      = ["oncall@example.com", "lead@example.com"]
  criticalities  = ["CRITICAL", "IMMEDIATE"]
  alert_statuses = ["NEW", "CANCELED"]
  resource_kinds = [{ adapter_kind = "VMWARE", resource_kind = "VirtualMachine" }]
  resend_minutes = 60
}
