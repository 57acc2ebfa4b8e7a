terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

# By hand: terraform apply -invoke=action.outbound_probe.relay
action "outbound_probe" "relay" {
  config {
    smtp_host            = "smtp.example.com"
    smtp_port            = 587
    username             = "alerts"
    password_environment = "SMTP_PASSWORD"
    from_address         = "alerts@example.com"
    to                   = ["oncall@example.com"]
  }
}

# And whenever the flow is opened or changed.
resource "outbound_ovh_vrops_flow" "smtp" {
  service_name = "pcc-192-0-2-10"
  ip           = "203.0.113.25"
  port         = 587

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.outbound_probe.relay]
    }
  }
}
