"""A country of many sites over many rounds, as files of the steps before a build."""
