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

resource "outbound_uipath_system_mail" "organization" {
  scope               = "organization"
  organization_id     = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
  smtp_host           = "smtp.example.com"
  smtp_port           = 587
  username            = "alerts"
  password_wo         = var.smtp_password
  password_wo_version = 1 # raise it when the password changes
  sender_address      = "uipath@example.com"
  sender_name         = "UiPath"
}
