"""Sessions and cards as text and JSON. Pure: values in, text out."""
