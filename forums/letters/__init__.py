"""What letters say: kinds, the desk's own wordings, their frame, the topics one can stop, reports that they came back."""
