"""What a flow knows of the run that it is in: plain values, kept by scan.run between two events."""
from dataclasses import dataclass, field

#: Steps that can be undone.
MOST_STEPS = 30


@dataclass
class Walk:
    """One run of a flow. ``memory`` is what JSON can say; whatever a flow keeps stands there. Values are replaced,
    never
    changed in place: a wrong scan goes back to what they were.
    """

    uuid: str
    flow: str
    state: str = ""
    memory: dict = field(default_factory=dict)
    past: list = field(default_factory=list)
    seen: str | None = None

    def go(self, state):
        """The next event is taken in another state."""
        self.state = state

    def note(self, step):
        """A step that *undo* takes back."""
        self.past = [*self.past, step][-MOST_STEPS:]

    def forget(self, *names):
        """What was kept and is not wanted any more."""
        for name in names:
            self.memory.pop(name, None)
