terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

data "outbound_ovh_vrops" "prod" {
  service_name = "pcc-192-0-2-10"
}

# The address to allow on the side of the SMTP server.
output "vrops_address" {
  value = data.outbound_ovh_vrops.prod.public_ip
}
