"""Programmes to listen to: put together, made into sound files with chapters, or played live."""
