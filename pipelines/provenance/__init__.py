"""What a release was made from: code, knowledge, registries, corrections, captures."""
