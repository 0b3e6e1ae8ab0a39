"""Question banks: YAML files of questions, one focus area each, read and checked (`mockint.banks.load`)."""
