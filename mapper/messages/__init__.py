"""The sentences mapper speaks, one file a room, English and Spanish side by side."""
