"""Pure rules: what people write, what it means, what it adds up to."""
