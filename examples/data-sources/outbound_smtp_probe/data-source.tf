terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

# Walks up to the receivers in every plan, and sends nothing.
data "outbound_smtp_probe" "relay" {
  smtp_host            = "smtp.example.com"
  smtp_port            = 587
  security             = "starttls"
  username             = "alerts"
  password_environment = "SMTP_PASSWORD"
  from_address         = "alerts@example.com"
  to                   = ["oncall@example.com"]
}

output "verdict" {
  value = data.outbound_smtp_probe.relay.verdict
}
