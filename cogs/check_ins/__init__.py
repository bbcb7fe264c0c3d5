"""Check-ins, as members and moderators see them."""

from bot.features.check_ins.answering import Answering
from bot.features.check_ins.letters import Letters
from bot.features.check_ins.losing import LostAnswers
from bot.features.check_ins.own import OwnCheckIns
from bot.features.check_ins.prompting import Prompts
from bot.features.check_ins.service import Schedules
from cogs._ui.controls import Router
from cogs._ui.host import Host
from cogs.check_ins.cog import CheckInsCog
from cogs.check_ins.controls import AnswerControls
from cogs.check_ins.desk import Desk
from cogs.check_ins.forms import FEATURE, Forms
from cogs.check_ins.letter import LetterControls, LetterRender
from cogs.check_ins.losing import LostAnswersCog
from cogs.check_ins.own import OwnControls
from cogs.check_ins.own_render import OwnRender
from cogs.check_ins.render import Render


async def setup(host: Host) -> None:
    """Fasten the feature: its posts, controls and commands."""
    router, render, forms = Router.of(host), Render(host.texts), Forms(host.texts)
    host.renderers.card(FEATURE, "check_in", render.card)
    host.renderers.name(FEATURE, "check_in", render.thread)
    host.renderers.card(FEATURE, "answer", render.answer)
    answers = AnswerControls(host.service(Answering), router, render)
    answers.fasten(forms)
    own = OwnControls(host.service(OwnCheckIns), host.service(Answering), router, OwnRender(host.texts, render))
    own.fasten(forms)
    letter = LetterRender(host.texts)
    host.renderers.card(FEATURE, "letter", letter.letter)
    LetterControls(host.service(Letters), router, letter).fasten()
    schedules, prompts = host.service(Schedules), host.service(Prompts)
    desk = Desk(schedules, prompts, router, render)
    desk.fasten(forms)
    cog = CheckInsCog(router, (answers, own, desk), (schedules, prompts), render)
    for command in cog.slash_commands():
        host.tree.add_command(command)
    await host.add_cog(cog)
    await host.add_cog(LostAnswersCog(host.service(LostAnswers)))
