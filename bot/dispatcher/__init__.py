"""The road from a Slack request to a handler and back; the only place that answers Slack."""

from bot.dispatcher.answers import (
    Answer,
    Choices,
    Done,
    FieldErrors,
    File,
    OpenModal,
    Post,
    PublishHome,
    PushModal,
    Reply,
    UpdateModal,
)
from bot.dispatcher.channels import channel_of
from bot.dispatcher.grammar import Arg, BadArguments, Choice, Clock, Option, Period, TaskText, When, Words
from bot.dispatcher.occurrence import Occurrence
from bot.dispatcher.request import Kind, Origin, Pending, Request
from bot.dispatcher.routes import (
    Action,
    Closing,
    Command,
    Event,
    Handler,
    Needs,
    Notice,
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
    "File",
    "Handler",
    "Kind",
    "Message",
    "Needs",
    "Notice",
    "Occurrence",
    "OpenModal",
    "Option",
    "Origin",
    "Pending",
    "Period",
    "Post",
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
    "channel_of",
]
