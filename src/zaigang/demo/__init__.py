"""The invented closure: people and their messy files, and the replay of the days through the real actions."""
