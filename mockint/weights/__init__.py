"""Weights of recognisers: which there are, where they are kept, how they get there. Nothing is fetched unasked."""
