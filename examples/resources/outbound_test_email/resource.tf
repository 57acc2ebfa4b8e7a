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

resource "outbound_ovh_vrops_flow" "relay" {
  service_name = "pcc-192-0-2-10"
  ip           = "203.0.113.25"
  port         = 587
}

# Sent again when the password's version, the flow or anything below changes.
resource "outbound_test_email" "test" {
  smtp_host           = "smtp.example.com"
  smtp_port           = 587
  security            = "starttls"
  username            = "alerts"
  password_wo         = var.smtp_password
  password_wo_version = 1 # raise it when the password changes
  from_address        = "alerts@example.com"
  from_name           = "Alerting"
  to                  = ["oncall@example.com"]
  on_failure          = "fail"

  declared_flows = ["203.0.113.25:587"]
  triggers       = { flow = outbound_ovh_vrops_flow.relay.id }
}

output "verdict" {
  value = outbound_test_email.test.verdict
}
