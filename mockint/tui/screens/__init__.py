"""The screens, one module each; `page` is what they share."""
