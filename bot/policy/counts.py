"""How many entries each policy file holds."""

from collections import Counter

from bot.policy.everything import Everything


def counts(everything: Everything) -> dict[str, int]:
    """Number of entries by file, in the order of reading."""
    policy = everything.policy
    kinds = Counter(place.kind for place in everything.places.all)
    topics = Counter(statement.topic for statement in everything.statements.values())
    return {
        "sources.yml": len(policy.sources),
        "parameters.yml": len(policy.parameters),
        "airports.yml": len(everything.airports),
        "centres.yml": len(everything.centres),
        "rules.yml": len(policy.rules),
        "notices.yml": len(policy.notices),
        "places.yml": kinds["city"],
        "places_abroad.yml": kinds["airport"] - len(everything.airports),
        **{f"statements/{topic}.yml": count for topic, count in sorted(topics.items())},
        "answers.yml": len(everything.answers),
    }
