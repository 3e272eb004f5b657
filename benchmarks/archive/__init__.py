"""Web archives that benchmarks read."""
