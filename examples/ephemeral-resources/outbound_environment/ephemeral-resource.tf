terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

# What the pipeline has put into SMTP_PASSWORD, where Terraform runs.
ephemeral "outbound_environment" "SMTP_PASSWORD" {
  name = "SMTP_PASSWORD"
}

resource "outbound_test_email" "relay" {
  smtp_host           = "smtp.example.com"
  smtp_port           = 587
  username            = "alerts"
  password_wo         = ephemeral.outbound_environment.SMTP_PASSWORD.value
  password_wo_version = 1 # raise it when the password changes
  from_address        = "alerts@example.com"
  to                  = ["oncall@example.com"]
}
