"""What identifies a person in what people type: found, and hidden before it is stored or understood."""
