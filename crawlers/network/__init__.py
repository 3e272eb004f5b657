"""One door to the network: addresses, the guard, requests and what came of them."""
