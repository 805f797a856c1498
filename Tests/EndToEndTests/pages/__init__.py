"""One class for each page of the gateway: what people can do there, in their words."""
