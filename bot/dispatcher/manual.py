"""Help, usage and suggestions, made from the same table that dispatches."""

from __future__ import annotations

from bot.dispatcher.routes import Command
from bot.dispatcher.table import Table
from bot.i18n import Mrkdwn, Translator
from bot.views import help as views
from bot.views.messages import Message


class Manual:
    """What the bot says about itself. A command's help is rendered once for each language, and kept."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._rendered: dict[tuple[str, str], Message] = {}

    def of_command(self, t: Translator, name: str) -> Message:
        """Every verb of the command `name`."""
        key = (name, t.babel.language)
        known = self._rendered.get(key)
        if known is None:
            names = self._table.names
            others = [slash for other, slash in names.items() if other != name]
            verbs = [self._verb(command) for command in self._table.commands[name]]
            known = self._rendered[key] = views.command_help(t, names[name], verbs, others)
        return known

    def of_verb(self, t: Translator, name: str, words: str) -> Message:
        """One verb; the nearest ones where there is no such verb."""
        typed = self._table.typed(name, words)
        return views.verb_help(t, self._verb(typed.command)) if typed.command else self.unknown(t, name, words)

    def misfit(self, t: Translator, sentence: Mrkdwn, command: Command) -> Message:
        """The words did not fit `command`."""
        return views.misfit(t, sentence, self._verb(command))

    def unknown(self, t: Translator, name: str, words: str) -> Message:
        """No verb begins `words`."""
        nearest = [self._verb(command) for command in self._table.nearest(name, words)]
        return views.unknown_verb(t, self._table.names[name], words, nearest)

    def _verb(self, command: Command) -> views.Verb:
        slash = self._table.names[command.name]
        usage = " ".join([slash, *command.verb.split(), *(arg.usage for arg in command.args)])
        return views.Verb(usage=usage, summary=command.summary, example=f"{slash} {command.example}".strip())
