terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

variable "smtp_password" {
  description = "The password of the SMTP login."
  type        = string
  sensitive   = true # and not ephemeral: the version is stored
}

resource "outbound_vrops_email_plugin" "smtp" {
  name                = "Prod SMTP"
  smtp_host           = "smtp.example.com"
  smtp_port           = 587
  security            = "starttls"
  username            = "alerts"
  password_wo         = var.smtp_password
  password_wo_version = provider::outbound::secret_version(var.smtp_password)
  sender_address      = "alerts@example.com"
}
