"""What a worker does on their own phone: choose when to come, and see how things stand."""
