"""Who is trained on, and who is left out."""

import hashlib

# A person whose digest begins with a byte up to the first belongs to nobody's training: those are measured
# once, at the end. From there up to the second they are left out here, to measure the weights.
HELD, LEFT_OUT = 101, 127


def first_byte(person):
    """Of the digest of a person, or of the file's where nobody knows the person."""
    digest = person if len(person) == 64 else hashlib.sha256(person.encode()).hexdigest()
    return int(digest[:2], 16)
