"""A release described for other catalogues: DCAT-AP, CPSV-AP, Croissant and CSVW, from one model."""
