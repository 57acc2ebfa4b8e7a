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

# There is one for each tenant: the one in the provider's settings.
resource "outbound_uipath_tenant_mail" "tenant" {
  alerts_enabled      = true
  smtp_host           = "smtp.example.com"
  smtp_port           = 587
  username            = "alerts"
  password_wo         = var.smtp_password
  password_wo_version = 1 # raise it when the password changes
  sender_address      = "alerts@example.com"
  sender_name         = "Alerting"
}
