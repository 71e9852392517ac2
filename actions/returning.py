"""Back to the question that a turn interrupted: asked again, short, or gone on with where the turn answered it too."""

from actions.goals import GOALS
from actions.questions import come_back
from actions.turn import Turn
from bot.dialogue.heard import changed_facts


async def return_to_the_open_question(turn: Turn) -> None:
    """Keeps the open question open across an interruption, and asks it again where nothing else follows."""
    thread = turn.thread
    if not thread.interrupted:
        return
    if thread.goal in GOALS and thread.answered_by(changed_facts(turn.before, turn.told)):
        # "From Vancouver. But what does it cost?" answers as well as asks.
        turn.goal, turn.continuing = thread.goal, True
        await GOALS[thread.goal](turn)
    elif turn.more_follows or not thread.is_open:
        turn.leave_open()
    else:
        come_back(turn)
