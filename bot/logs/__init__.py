"""What is written down about the guide's work: text or JSON, every value masked, no words of travellers."""
