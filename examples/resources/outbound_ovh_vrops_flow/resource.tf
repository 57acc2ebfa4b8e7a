terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

# The vROps of this Hosted Private Cloud may reach the SMTP server.
resource "outbound_ovh_vrops_flow" "relay" {
  service_name = "pcc-192-0-2-10"
  ip           = "203.0.113.25"
  port         = 587
  description  = "alert mail"
}
