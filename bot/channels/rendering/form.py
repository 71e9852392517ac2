"""What a channel can show."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """The bounds of a channel.

    `longest` is the characters of one part; `segments`, where given, the GSM segments of one part, which count instead.
    `buttons` is how many buttons of at most `longest_title` characters it shows itself; where there are more, or longer
    ones, they become numbered choices in the text. `together` says that what was said together is one text, as in SMS;
    else each message is a part of its own. `brief` says that a ruling is its verdict and next step first, and the rest
    is sent when the traveller asks for MORE.
    """

    longest: int
    buttons: int = 0
    longest_title: int = 20
    segments: int | None = None
    together: bool = False
    brief: bool = True
