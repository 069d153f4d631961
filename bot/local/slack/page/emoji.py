"""Shows `:tada:` and its Unicode character as the same small picture, on machines with or without an emoji font."""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup, escape

SPRITE: Final = "/static/emoji.svg"
"""Twemoji's drawings, one `<symbol>` each, its id the code points in hexadecimal."""

_TABLE: Final = """
grinning=1f600 smiley=1f603 smile=1f604 grin=1f601 laughing=1f606 sweat_smile=1f605 joy=1f602
rolling_on_the_floor_laughing=1f923 slightly_smiling_face=1f642 upside_down_face=1f643 wink=1f609 blush=1f60a
innocent=1f607 heart_eyes=1f60d yum=1f60b stuck_out_tongue=1f61b thinking_face=1f914 neutral_face=1f610
expressionless=1f611 smirk=1f60f unamused=1f612 face_with_rolling_eyes=1f644 relieved=1f60c pensive=1f614
sleepy=1f62a sleeping=1f634 sunglasses=1f60e nerd_face=1f913 confused=1f615 worried=1f61f
slightly_frowning_face=1f641 open_mouth=1f62e hushed=1f62f flushed=1f633 cry=1f622 sob=1f62d scream=1f631
angry=1f620 rage=1f621 partying_face=1f973 robot_face=1f916 ghost=1f47b skull=1f480 wave=1f44b raised_hand=270b
ok_hand=1f44c v=270c crossed_fingers=1f91e point_left=1f448 point_right=1f449 point_up_2=1f446 point_down=1f447
point_up=261d +1=1f44d thumbsup=1f44d -1=1f44e thumbsdown=1f44e clap=1f44f raised_hands=1f64c handshake=1f91d
pray=1f64f muscle=1f4aa eyes=1f440 eye=1f441 brain=1f9e0 bust_in_silhouette=1f464 busts_in_silhouette=1f465
technologist=1f9d1-200d-1f4bb shrug=1f937 facepalm=1f926 runner=1f3c3 heart=2764 orange_heart=1f9e1
yellow_heart=1f49b green_heart=1f49a blue_heart=1f499 purple_heart=1f49c broken_heart=1f494 100=1f4af boom=1f4a5
dizzy=1f4ab zzz=1f4a4 speech_balloon=1f4ac thought_balloon=1f4ad fire=1f525 sparkles=2728 star=2b50 star2=1f31f
zap=26a1 sunny=2600 partly_sunny=26c5 cloud=2601 umbrella=2614 snowflake=2744 rainbow=1f308 crescent_moon=1f319
sunrise=1f305 earth_africa=1f30d seedling=1f331 palm_tree=1f334 four_leaf_clover=1f340 coffee=2615 tea=1f375
beer=1f37a beers=1f37b pizza=1f355 hamburger=1f354 cake=1f370 birthday=1f382 apple=1f34e trophy=1f3c6
medal=1f3c5 first_place_medal=1f947 second_place_medal=1f948 third_place_medal=1f949 dart=1f3af video_game=1f3ae
art=1f3a8 musical_note=1f3b5 tada=1f389 confetti_ball=1f38a balloon=1f388 gift=1f381 rocket=1f680 airplane=2708
car=1f697 bike=1f6b2 train=1f686 construction=1f6a7 rotating_light=1f6a8 vertical_traffic_light=1f6a6
house=1f3e0 office=1f3e2 hospital=1f3e5 watch=231a hourglass=231b hourglass_flowing_sand=23f3 alarm_clock=23f0
stopwatch=23f1 timer_clock=23f2 clock1=1f550 clock2=1f551 clock3=1f552 clock4=1f553 clock5=1f554 clock6=1f555
clock7=1f556 clock8=1f557 clock9=1f558 clock10=1f559 clock11=1f55a clock12=1f55b computer=1f4bb
desktop_computer=1f5a5 keyboard=2328 iphone=1f4f1 phone=260e telephone_receiver=1f4de battery=1f50b
electric_plug=1f50c bulb=1f4a1 mag=1f50d mag_right=1f50e lock=1f512 unlock=1f513 closed_lock_with_key=1f510
key=1f511 hammer=1f528 wrench=1f527 hammer_and_wrench=1f6e0 gear=2699 link=1f517 paperclip=1f4ce scissors=2702
pencil=1f4dd memo=1f4dd pencil2=270f email=2709 envelope=2709 inbox_tray=1f4e5 outbox_tray=1f4e4 package=1f4e6
mailbox=1f4eb date=1f4c5 calendar=1f4c6 spiral_calendar_pad=1f5d3 card_index_dividers=1f5c2 file_folder=1f4c1
open_file_folder=1f4c2 file_cabinet=1f5c4 wastebasket=1f5d1 clipboard=1f4cb pushpin=1f4cc round_pushpin=1f4cd
bookmark=1f516 label=1f3f7 bar_chart=1f4ca chart_with_upwards_trend=1f4c8 chart_with_downwards_trend=1f4c9
moneybag=1f4b0 credit_card=1f4b3 receipt=1f9fe briefcase=1f4bc books=1f4da book=1f4d6 newspaper=1f4f0 bell=1f514
no_bell=1f515 loudspeaker=1f4e2 mega=1f4e3 mute=1f507 speaker=1f508 crown=1f451 shield=1f6e1
triangular_flag_on_post=1f6a9 checkered_flag=1f3c1 white_check_mark=2705 heavy_check_mark=2714
ballot_box_with_check=2611 x=274c negative_squared_cross_mark=274e heavy_plus_sign=2795 heavy_minus_sign=2796
question=2753 grey_question=2754 exclamation=2757 heavy_exclamation_mark=2757 bangbang=203c warning=26a0
no_entry=26d4 no_entry_sign=1f6ab octagonal_sign=1f6d1 information_source=2139 red_circle=1f534
large_orange_circle=1f7e0 large_yellow_circle=1f7e1 large_green_circle=1f7e2 large_blue_circle=1f535
large_purple_circle=1f7e3 large_brown_circle=1f7e4 black_circle=26ab white_circle=26aa large_green_square=1f7e9
large_red_square=1f7e5 large_yellow_square=1f7e8 large_blue_square=1f7e6 white_large_square=2b1c
black_large_square=2b1b small_blue_diamond=1f539 small_orange_diamond=1f538 arrow_left=2b05 arrow_right=27a1
arrow_up=2b06 arrow_down=2b07 arrow_upper_right=2197 arrow_lower_right=2198 arrow_up_down=2195
left_right_arrow=2194 leftwards_arrow_with_hook=21a9 arrow_right_hook=21aa arrows_counterclockwise=1f504
repeat=1f501 arrow_forward=25b6 double_vertical_bar=23f8 pause_button=23f8 black_square_for_stop=23f9
stop_button=23f9 black_circle_for_record=23fa record_button=23fa fast_forward=23e9 rewind=23ea
black_right_pointing_double_triangle_with_vertical_bar=23ed next_track_button=23ed new=1f195 ok=1f197 sos=1f198
top=1f51d soon=1f51c back=1f519 end=1f51a on=1f51b beginner=1f530 recycle=267b infinity=267e seat=1f4ba
beach_with_umbrella=1f3d6 face_with_thermometer=1f912 jigsaw=1f9e9 test_tube=1f9ea bug=1f41b cat=1f431 dog=1f436
unicorn_face=1f984 snail=1f40c turtle=1f422 bee=1f41d octopus=1f419 snake=1f40d penguin=1f427
"""
CODES: Final[dict[str, str]] = dict(pair.split("=") for pair in _TABLE.split())
"""Name without colons → the symbol's id."""

_NAMES: Final = {code: name for name, code in reversed(CODES.items())}
_VARIATION: Final = "\ufe0f"
_SHORT: Final = re.compile(r":([a-z0-9_+\-]+):(?::skin-tone-[2-6]:)?")


def _characters(code: str) -> str:
    return "".join(chr(int(point, 16)) for point in code.split("-"))


_BY_CHARACTER: Final = {_characters(code): code for code in _NAMES}
_TEXT_BY_DEFAULT: Final = frozenset(
    "\u2139\u2194\u2195\u2197\u2198\u21a9\u21aa\u25b6\u2600\u2601\u260e\u2611\u2702\u2708\u2709\u270f\u2714\u2764\u27a1\u2b05\u2b06\u2b07\u203c\u267b\u267e"
)
"""Characters that are text unless a variation selector follows."""

PATTERN: Final = re.compile(
    _SHORT.pattern
    + "|("
    + "|".join(
        re.escape(char) + (_VARIATION if char in _TEXT_BY_DEFAULT else _VARIATION + "?")
        for char in sorted(_BY_CHARACTER, key=len, reverse=True)
    )
    + ")"
)
"""A short name (group 1) or a character (group 2)."""


def picture(name: str) -> Markup | None:
    """The emoji called `name` (no colons) as HTML, or None when there is no such picture."""
    code = CODES.get(name)
    return None if code is None else _svg(name, code)


def with_emoji(text: str) -> Markup:
    """`text` as escaped HTML, its emoji as pictures. Names nobody knows stay as they were written."""
    return Markup("").join(_pieces(text))


def _pieces(text: str) -> list[Markup]:
    pieces: list[Markup] = []
    end = 0
    for match in PATTERN.finditer(text):
        drawn = _drawn(match)
        if drawn is not None:
            pieces += (escape(text[end : match.start()]), drawn)
            end = match.end()
    pieces.append(escape(text[end:]))
    return pieces


def _drawn(match: re.Match[str]) -> Markup | None:
    if match[1] is not None:
        return picture(match[1])
    code = _BY_CHARACTER[match[2].removesuffix(_VARIATION)]
    return _svg(_NAMES[code], code)


def _svg(name: str, code: str) -> Markup:
    return Markup(
        '<span class="emoji" role="img" aria-label=":{0}:" title=":{0}:"><svg aria-hidden="true">'
        '<use href="{1}#{2}"></use></svg></span>'
    ).format(name, SPRITE, code)
