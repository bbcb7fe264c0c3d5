"""Reviews, as members see them."""

from bot.features.blog_reviews.finding import FindingReviews
from bot.features.blog_reviews.losing import LostReviews
from bot.features.blog_reviews.reading import Reading
from bot.features.blog_reviews.service import Reviews
from bot.features.blog_reviews.thanking import ThankingReaders
from bot.features.blog_reviews.writing import Writing
from cogs._ui.controls import Router
from cogs._ui.host import Host
from cogs.blog_reviews.cog import ReviewsCog
from cogs.blog_reviews.controls import ReviewControls
from cogs.blog_reviews.finding import FindControls
from cogs.blog_reviews.forms import FEATURE, Forms
from cogs.blog_reviews.listing import ListRender
from cogs.blog_reviews.reading import ReadingControls
from cogs.blog_reviews.render import Render
from cogs.blog_reviews.thanking import ThankControls


async def setup(host: Host) -> None:
    """Fasten the feature: its posts, controls, command and events."""
    reviews, reading, thanking = host.service(Reviews), host.service(Reading), host.service(ThankingReaders)
    router, render = Router.of(host), Render(host.texts)
    host.renderers.card(FEATURE, "review", render.card)
    host.renderers.name(FEATURE, "review", render.thread)
    host.renderers.card(FEATURE, "part", render.part)
    forms = Forms(host.texts, thanking.can_thank_publicly)
    review_controls = ReviewControls(reviews, reading, thanking, router, render)
    review_controls.fasten(forms)
    ReadingControls(reviews, reading, host.service(Writing), router, render).fasten(forms)
    ThankControls(thanking, router, render).fasten(forms)
    find_controls = FindControls(host.service(FindingReviews), reading, router, ListRender(host.texts))
    find_controls.fasten()
    cog = ReviewsCog(router, review_controls, find_controls, host.service(LostReviews))
    host.tree.add_command(cog.slash_command())
    await host.add_cog(cog)
