"""Rulings as the guide gives them, in both languages, for the card."""

from typing import Any

RELEASE = {
    "en": "Canada and the United States announce a plan to increase NEXUS appointments",
    "fr": "Le Canada et les États-Unis annoncent un plan pour accroître les rendez-vous NEXUS",
}
TEXTS: dict[str, dict[str, Any]] = {
    "en": {
        "reasons": [
            (
                "trip_ahead",
                True,
                "Your next trip: Vancouver (YVR) to SEA, Wednesday, November 25, 2026, 2:00 p.m.",
            ),
            ("departs_canada", True, "The flight leaves from Canada for the United States."),
            ("airport_has_preclearance", True, "Vancouver (YVR) has U.S. preclearance."),
            ("cbsa_completed", True, "Your CBSA interview at Vancouver (YVR) is completed."),
            ("shared_with_cbp", True, "The CBSA shared its result with CBP on Wednesday, November 11, 2026."),
        ],
        "steps": [
            ("go_to_preclearance_early", "Go to the preclearance area early; no appointment is needed."),
            ("bring_documents", "Bring your passport and the conditional approval letter."),
        ],
        "notice": "CBP now says that all conditionally approved applicants may do this part on arrival.",
        "page": "NEXUS Enrollment on Arrival",
        "option": ("Two steps at airports", "Yes: CBSA by appointment, then CBP before a flight."),
    },
    "fr": {
        "reasons": [
            (
                "trip_ahead",
                True,
                "Votre prochain voyage : Vancouver (YVR) vers SEA, mercredi 25 novembre 2026, 14 h 00.",
            ),
            ("departs_canada", True, "Le vol part du Canada vers les États-Unis."),
            ("airport_has_preclearance", True, "Vancouver (YVR) offre le précontrôle américain."),
            ("cbsa_completed", True, "Votre entrevue de l’ASFC à Vancouver (YVR) est terminée."),
            ("shared_with_cbp", True, "L’ASFC a transmis son résultat au CBP le mercredi 11 novembre 2026."),
        ],
        "steps": [
            ("go_to_preclearance_early", "Allez tôt à la zone de précontrôle; aucun rendez-vous n’est nécessaire."),
            ("bring_documents", "Apportez votre passeport et la lettre d’approbation conditionnelle."),
        ],
        "notice": "Le CBP dit maintenant que toute approbation conditionnelle permet cette partie à l’arrivée.",
        "page": "NEXUS : inscription à l’arrivée",
        "option": ("Deux étapes dans des aéroports", "Oui : l’ASFC sur rendez-vous, puis le CBP avant un vol."),
    },
}


def ruling(language: str, verdict: str = "yes") -> dict[str, Any]:
    """A ruling on a flight from Vancouver. Any verdict but `yes` hangs on the last reason, which then fails."""
    words = TEXTS[language]
    source = "cbsa-cbp-2023-01-25"
    reasons = [
        {"rule": rule, "holds": holds, "text": text, "sources": [source]} for rule, holds, text in words["reasons"]
    ]
    if verdict != "yes":
        reasons[-1]["holds"] = False
    steps = [{"code": code, "text": text, "sources": [source]} for code, text in words["steps"]]
    notice = {"code": "enrollment_on_arrival", "text": words["notice"], "sources": ["cbp-eoa"], "since": None}
    return {
        "cbp_on_next_flight": {
            "verdict": verdict,
            "code": "shared_and_precleared",
            "text": "",
            "trip": 0,
            "airport": "YVR",
            "reasons": reasons,
            "next_steps": steps,
            "notices": [notice],
        },
        "options": [
            {
                "option": "airport_two_step",
                "applies": "yes",
                "title": words["option"][0],
                "text": words["option"][1],
                "reasons": reasons[3:],
                "next_steps": steps[:1],
                "centres": [
                    {"centre_id": "YVR", "name": "Vancouver International Airport", "distance_km": 12.3},
                    {"centre_id": "YYC", "name": "Calgary International Airport", "distance_km": None},
                ],
                "notices": [],
            },
            {
                "option": "no_interview",
                "applies": "no",
                "title": "Not offered",
                "text": "Not offered.",
                "reasons": reasons[3:4],
                "next_steps": [],
                "centres": [],
                "notices": [],
            },
        ],
        "next_step": steps[0],
        "renewal": {
            "applies": True,
            "text": "",
            "benefits_extended_until": "2031-12-31",
            "reasons": reasons[:1],
            "notices": [],
        },
        "sources": [
            {"id": "unused", "title": "A source that this part does not cite", "date": None, "url": None},
            {"id": source, "title": RELEASE[language], "date": "2023-01-25", "url": "https://example.org/release"},
            {"id": "cbp-eoa", "title": words["page"], "date": None, "url": "https://example.org/eoa"},
        ],
        "as_of": "2026-11-21",
        "language": language,
    }


def answer(language: str, verdict: str = "yes", card: str = "flight") -> dict[str, Any]:
    """A bot message about one part of the ruling; beside a card its summary stands instead of the text."""
    summary = {
        "en": "Yes: you can do the U.S. part before your flight from Vancouver.",
        "fr": "Oui : vous pouvez faire la partie américaine avant votre vol de Vancouver.",
    }[language]
    whole = ruling(language, verdict)
    titles = {"en": ("Why?", "Other ways"), "fr": ("Pourquoi ?", "Autres façons")}[language]
    return {
        "text": f"{summary}\n{whole['next_step']['text']}",
        "language": language,
        "buttons": [{"title": title, "payload": f"choice:{title}"} for title in titles],
        "meta": {
            "intent": "ask_cbp_on_flight",
            "sources": whole["sources"],
            "ruling": whole,
            "card": card,
            "summary": summary,
        },
    }
