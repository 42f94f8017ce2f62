"""What a run does about a collapse: it keeps the last state without a sign of one, and goes back to it."""

from __future__ import annotations

from pathlib import Path

from layoutgan.training.checkpoint import HEALTHY, load_checkpoint, save_checkpoint
from layoutgan.training.log import read_log
from layoutgan.training.loop import Step
from layoutgan.training.monitor import Collapse
from layoutgan.training.state import Stage, State

__all__ = ["Guard"]


class Guard:
    """Watches the figures of a run and writes its checkpoints, `healthy` among them."""

    def __init__(self, folder: Path, identity: str) -> None:
        """For the run of that identity in the folder."""
        self.folder, self.identity = folder, identity
        self.watch = Collapse()

    def catch_up(self, step: int) -> bool:
        """Looks again at what a resumed run saw up to a step; whether it had been stopped."""
        reasons = [(self.saw(seen), seen.stage) for seen in read_log(self.folder, step)]
        return any(reason and stage is Stage.ADVERSARIAL for reason, stage in reasons)

    def saw(self, step: Step) -> str | None:
        """What speaks for stopping, in words, if anything does."""
        return self.watch.saw(step.figures, step.losses, step.stage.value)

    def keep(self, state: State, step: Step, due: bool) -> None:
        """Writes a checkpoint where one is due, and `healthy` at looks without any sign of a collapse."""
        if due:
            save_checkpoint(state, self.folder, self.identity)
        if step.figures and self.watch.well:
            save_checkpoint(state, self.folder, self.identity, HEALTHY)

    def restore(self, state: State) -> int:
        """Puts the kept checkpoint into the state, if there is one; returns its step."""
        path = self.folder / f"{HEALTHY}.safetensors"
        if path.exists():
            load_checkpoint(state, path, self.identity)
        return state.step
