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
                "Your next trip: Vancouver (YVR) to Seattle (SEA), November 25, 2026, 2:00 p.m. (Vancouver time).",
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
    },
    "fr": {
        "reasons": [
            (
                "trip_ahead",
                True,
                "Votre prochain voyage : Vancouver (YVR) vers Seattle (SEA), 25 novembre 2026, 14 h 00 (heure de Vancouver).",
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
                "reasons": reasons[3:],
                "next_steps": steps[:1],
                "centres": [
                    {"centre_id": "YVR", "name": "Vancouver International Airport", "distance_km": 12.3},
                    {"centre_id": "YYC", "name": "Calgary International Airport", "distance_km": None},
                ],
                "notices": [],
            },
            {
                "option": "us_joint",
                "applies": "no",
                "reasons": reasons[3:4],
                "next_steps": [],
                "centres": [],
                "notices": [],
            },
        ],
        "next_step": steps[0],
        "renewal": {"applies": True, "benefits_extended_until": "2031-12-31", "reasons": reasons[:1], "notices": []},
        "sources": [
            {"id": "unused", "title": "A source that this part does not cite", "date": None, "url": None},
            {"id": source, "title": RELEASE[language], "date": "2023-01-25", "url": "https://example.org/release"},
            {"id": "cbp-eoa", "title": words["page"], "date": None, "url": "https://example.org/eoa"},
        ],
        "as_of": "2026-11-21",
        "language": language,
    }


def answer(language: str, verdict: str = "yes", intent: str = "ask_cbp_on_flight") -> dict[str, Any]:
    """A bot message with the ruling, two replies to press and the short spoken words."""
    text = {
        "en": "Yes: you can do the U.S. part before your flight AC 550 from Vancouver on Friday at 2:00 p.m.",
        "fr": "Oui : vous pouvez faire la partie américaine avant votre vol AC 550 de Vancouver, vendredi à 14 h.",
    }[language]
    titles = {"en": ("Why?", "Other ways"), "fr": ("Pourquoi ?", "Autres façons")}[language]
    return {
        "text": text,
        "language": language,
        "buttons": [{"title": title, "payload": f"choice:{title}"} for title in titles],
        "meta": {"intent": intent, "sources": [], "ruling": ruling(language, verdict)},
    }
