"""What: offerings with their texts and needs, topics, places and pools of equipment."""
