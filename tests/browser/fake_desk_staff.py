"""Who and what the scripted desk knows: staff, canned replies, a file."""

from typing import Any

Shown = dict[str, Any]

ANNE: Shown = {
    "id": "staff:1",
    "name": "Anne Tremblay",
    "email": "anne@example.org",
    "role": "agent",
    "language": "en",
    "totp": False,
}
MARC: Shown = {**ANNE, "id": "staff:2", "name": "Marc Okafor", "email": "marc@example.org", "role": "supervisor"}
STAFF = (ANNE, MARC, {**ANNE, "id": "staff:3", "name": "Priya Nair", "email": "priya@example.org"})

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h1v1H0zM1 1h1v1H1z"/></svg>'

CANNED: list[Shown] = [
    {
        "key": "hello",
        "title": {"en": "Greeting", "fr": "Salutation"},
        "text": {
            "en": "Hello, I am Anne from the support team. I am reading your questions now.",
            "fr": "Bonjour, ici Anne, de l’équipe de soutien. Je lis vos questions maintenant.",
        },
    },
    {
        "key": "checked",
        "title": {"en": "I checked with the centre", "fr": "Vérifié auprès du centre"},
        "text": {
            "en": "I checked with the enrolment centre. Here is what they say:",
            "fr": "J’ai vérifié auprès du centre d’inscription. Voici la réponse :",
        },
    },
]

FILE: Shown = {
    "applicant": {"name": "Camille Roy", "language": "fr", "residence": "Vancouver, BC"},
    "application": {
        "kind": "new",
        "status": "conditionally_approved",
        "submitted_on": "2026-05-02",
        "membership_expires_on": None,
        "shared_with_cbp_at": None,
        "shared_by_staff": False,
    },
    "interviews": [
        {
            "agency": "CBSA",
            "state": "completed",
            "centre": "YVR",
            "centre_name": "Vancouver International Airport",
            "at": "2026-11-03T11:00:00-08:00",
            "completed_by_staff": False,
        }
    ],
    "trips": [
        {
            "segments": [
                {
                    "flight": "AC 550",
                    "origin": "YVR",
                    "destination": "LAX",
                    "departs_at": "2026-11-25T14:00:00-08:00",
                    "mode": "air",
                }
            ],
            "correction_id": None,
        }
    ],
    "corrections": [],
    "may_mark": ["cbsa_shared"],
}
