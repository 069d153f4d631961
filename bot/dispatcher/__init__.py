"""The road from a Slack request to a handler and back; the only place that answers Slack."""

from bot.dispatcher.answers import (
    Answer,
    Choices,
    Done,
    FieldErrors,
    OpenModal,
    PublishHome,
    PushModal,
    Reply,
    UpdateModal,
)
from bot.dispatcher.grammar import Arg, BadArguments, Choice, Clock, Option, Period, TaskText, When, Words
from bot.dispatcher.request import Kind, Origin, Pending, Request
from bot.dispatcher.routes import (
    Action,
    Closing,
    Command,
    Event,
    Handler,
    Needs,
    Route,
    Shortcut,
    Submission,
    Typeahead,
)
from bot.views.messages import Message

__all__ = [
    "Action",
    "Answer",
    "Arg",
    "BadArguments",
    "Choice",
    "Choices",
    "Clock",
    "Closing",
    "Command",
    "Done",
    "Event",
    "FieldErrors",
    "Handler",
    "Kind",
    "Message",
    "Needs",
    "OpenModal",
    "Option",
    "Origin",
    "Pending",
    "Period",
    "PublishHome",
    "PushModal",
    "Reply",
    "Request",
    "Route",
    "Shortcut",
    "Submission",
    "TaskText",
    "Typeahead",
    "UpdateModal",
    "When",
    "Words",
]
