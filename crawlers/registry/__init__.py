"""The countries that ship, and what a registry file may say."""
