"""Charts of the portal: described with Altair, drawn when it is made; tables hold the same numbers."""
