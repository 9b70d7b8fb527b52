"""Prints queries/pairing/weights_profile.toml: how signals are spread in the generated district on which the default weights were proven.

python -m benchmarks.signal_profile > queries/pairing/weights_profile.toml
"""

from __future__ import annotations

from benchmarks.planted import COMMUNITIES, ENTERPRISES, SEEDS, load_district
from queries.pairing.learning.drift import CLASSES, Profile, profile_pairs


def profile_planted() -> Profile:
    """Return the profile of the first planted district."""
    engine = load_district(SEEDS[0]).engine
    return profile_pairs(engine.spec, engine.sides)


def write_toml(profile: Profile) -> str:
    """Return a profile as the file that comes with the product."""
    kept = profile.as_dict()
    lines = [
        "# How the signals are spread over all candidate pairs of the generated district on which weights.toml was proven",
        f"# ({COMMUNITIES} communities, {ENTERPRISES} enterprises; benchmarks/planted.py). In thousandths: known, mean of what is known,",
        f"# {CLASSES} classes of equal width from 0 to 1, unknown. Written by `python -m benchmarks.signal_profile`.",
        f"units = {kept['units']}",
        "",
        "[signals]",
        *(f"{name} = {numbers}" for name, numbers in kept["signals"].items()),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(write_toml(profile_planted()), end="")
