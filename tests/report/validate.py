"""validate.py SCHEMA FILE...: exit status 1 and a line a fault when a file does not meet the schema."""
import json
import sys

import jsonschema


def no_constant(name):
    raise ValueError(f"{name} is no JSON number")


with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
faults = 0
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as file:
        document = json.load(file, parse_constant=no_constant)
    for error in validator.iter_errors(document):
        faults += 1
        print(f"{path}: /{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")
sys.exit(1 if faults else 0)
