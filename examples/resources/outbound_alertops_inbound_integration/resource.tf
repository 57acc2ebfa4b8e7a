terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

resource "outbound_alertops_inbound_integration" "uptrends" {
  name              = "Uptrends prod"
  template_from     = "Uptrends"
  escalation_policy = "Standard"
  recipient_groups  = ["NOC"]

  # The old URL works until its sender has the new one.
  lifecycle {
    create_before_destroy = true
  }
}
