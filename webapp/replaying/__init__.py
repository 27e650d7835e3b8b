"""What the landmarks of a finished session are made into once, so that looking at it again is quick."""
