"""Links to drafts are told from public ones, as far as a link tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.blog_reviews.links import is_draft_link
from bot.kernel.addresses import BadAddress, read_address

DRAFTS = """
https://note.com/preview/n4f0c7b884b31?prev_access_key=0a1b2c3d4e5f60718293a4b5c6d7e8f9
https://note.com/some_one/n/n4f0c7b884b31?prev_access_key=0a1b2c3d4e5f60718293a4b5c6d7e8f9
https://editor.note.com/notes/n4f0c7b884b31/edit/
https://editor.note.com/notes/n4f0c7b884b31/publish/
https://note.com/notes/n4f0c7b884b31/edit
https://someone.hatenablog.com/draft/entry/GnE5z5aDhG10fYl5de-4Cx2ilvI
https://someone.hatenablog.com/draft/GnE5z5aDhG10fYl5de-4Cx2ilvI
https://diary.example.com/draft/entry/GnE5z5aDhG10fYl5de-4Cx2ilvI
https://blog.hatena.ne.jp/someone/someone.hatenablog.com/edit?entry=6802418398339418843
https://zenn.dev/articles/0a1b2c3d4e5f67/edit
https://zenn.dev/some_one/articles/0a1b2c3d4e5f67/preview
https://qiita.com/some_one/private/0a1b2c3d4e5f60718293
https://qiita.com/private/0a1b2c3d4e5f60718293
https://qiita.com/drafts/0a1b2c3d4e5f60718293/edit
https://qiita.com/drafts/0a1b2c3d4e5f60718293
https://medium.com/p/4f0c7b884b31/edit
https://medium.com/me/stories/drafts
https://medium.com/@some_one/on-being-thirty-4f0c7b884b31?source=friends_link&sk=0a1b2c3d4e5f60718293a4b5c6d7e8f9
https://someone.medium.com/on-being-thirty-4f0c7b884b31?sk=0a1b2c3d4e5f60718293a4b5c6d7e8f9
https://magazine.example.com/on-being-thirty-4f0c7b884b31?sk=v2%2F8ce75609-7bee-44cd-aef5-468146ad20a2
https://example.com/?p=123&preview=true
https://example.com/?page_id=57&preview=true
https://example.com/on-being-thirty/?preview_id=152&preview_nonce=0a1b2c3d4e&preview=true
https://example.com/?p=123&preview=1&_ppp=0a1b2c3d4e
https://example.com/2026/11/on-being-thirty/?shareadraft=baba27119_533313c944f64
https://example.com/wp-admin/post.php?post=123&action=edit
https://wordpress.com/post/someone.wordpress.com/123
https://blog.example.com/p/8ce75609-7bee-44cd-aef5-468146ad20a2/
https://someone.ghost.io/p/8ce75609-7bee-44cd-aef5-468146ad20a2/?member_status=free
https://someone.substack.com/p/8ce75609-7bee-44cd-aef5-468146ad20a2
https://someone.substack.com/publish/post/165523361
https://dev.to/some_one/on-being-thirty-364j-temp-slug-1499615?preview=0a1b2c3d4e5f
https://dev.to/some_one/on-being-thirty-364j-temp-slug-1499615
https://hashnode.com/preview/66b52e7464b7931f978d1ac6
https://someone.blogspot.com/b/post-preview?token=APq4FmBMiienKy4XUqK7&postId=1&type=POST
https://www.blogger.com/blog/post/edit/preview/4586900493063146648/238065013787179211
https://draft.blogger.com/blog/post/edit/4586900493063146648/238065013787179211
https://blog.ameba.jp/ucs/entry/srventryupdateinput.do?id=12345678901
https://livedoor.blogcms.jp/blog/someone/article/edit?id=12345678
https://docs.google.com/document/d/1AbC-dEf_GhIjKlMnOpQrStUvWxYz0123456789abcd/edit?usp=sharing
https://docs.google.com/document/u/0/d/1AbC-dEf_GhIjKlMnOpQrStUvWxYz0123456789abcd/mobilebasic
https://docs.google.com/presentation/d/1AbC-dEf_GhIjKlMnOpQrStUvWxYz0123456789abcd/view#slide=id.p
https://docs.google.com/spreadsheets/d/1AbC-dEf_GhIjKlMnOpQrStUvWxYz0123456789abcd
https://drive.google.com/file/d/1AbC-dEf_GhIjKlMnOpQrStUvWxYz01234/view?usp=drive_link
https://drive.google.com/drive/folders/1AbC-dEf_GhIjKlMnOpQrStUvWxYz01234
https://sites.google.com/d/1AbC-dEf_GhIjKlMnOpQrStUvWxYz01234/p/1AbC-dEf/edit
https://colab.research.google.com/drive/1AbC-dEf_GhIjKlMnOpQrStUvWxYz01234
https://www.dropbox.com/scl/fi/0a1b2c3d4e5f6g7h8i9j0/cv.pdf?rlkey=0a1b2c3d4e5f&dl=0
https://www.dropbox.com/s/0a1b2c3d4e5f6g7/cv.pdf
https://1drv.ms/w/s!AbCdEfGhIjKlMnOp
https://onedrive.live.com/edit.aspx?resid=0A1B2C3D4E5F6071
https://example-my.sharepoint.com/:w:/g/personal/some_one/EaBcDeFg
https://www.notion.so/someone/On-being-thirty-0a1b2c3d4e5f60718293a4b5c6d7e8f9?pvs=4
https://www.notion.so/0a1b2c3d4e5f60718293a4b5c6d7e8f9
https://app.notion.com/p/0a1b2c3d4e5f60718293a4b5c6d7e8f9
https://www.figma.com/file/0a1B2c3D4e5F6g7H8i9J0k/Portfolio
https://www.figma.com/design/0a1B2c3D4e5F6g7H8i9J0k/Portfolio?node-id=0-1
https://www.figma.com/proto/0a1B2c3D4e5F6g7H8i9J0k/Portfolio
https://www.canva.com/design/DAF1jUc6tx4/wE8ohbwSQ8vKz15S5gZz2w/view
https://miro.com/app/board/uXjVOabcdef=/
https://hackmd.io/AbCdEfGhIjKlMnOpQrStUv
https://hackmd.io/AbCdEfGhIjKlMnOpQrStUv?view
https://hackmd.io/@some-one/H1a2b3c4d?both
https://md.example.com/AbCdEfGhIjKlMnOpQrStUv?both
https://md.example.com/AbCdEfGhIjKlMnOpQrStUv?edit
https://share.icloud.com/photos/0a1B2c3D4e5F6g7H8i9J0k
https://www.icloud.com/pages/0a1B2c3D4e5F6g7H8i9J0k#cv
https://app.box.com/s/0a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p
https://www.evernote.com/shard/s1/sh/8ce75609-7bee-44cd-aef5-468146ad20a2/0a1b2c3d4e5f
https://www.overleaf.com/read/abcdefghijkl
https://preview.studio.site/live/4Ra4LEXoaD/
https://drafts.example.com/on-being-thirty
https://example.com/preview/on-being-thirty
https://example.com/posts/12?draft=true
https://example.com/posts/12?previewToken=0a1b2c3d
"""

PUBLIC = """
https://example.com
https://example.com/
https://note.com/some_one/n/n4f0c7b884b31
https://note.com/some_one/n/n4f0c7b884b31?magazine_key=m4b0aef003e83
https://note.com/some_one
https://someone.hatenablog.com/entry/2026/11/26/080000
https://someone.hatenablog.com/entry/draft-of-my-life
https://zenn.dev/some_one/articles/0a1b2c3d4e5f67
https://zenn.dev/some_one/scraps/0a1b2c3d4e5f67
https://zenn.dev/zenn/articles/zenn-cli-preview
https://qiita.com/some_one/items/0a1b2c3d4e5f60718293
https://medium.com/@some_one/on-being-thirty-4f0c7b884b31
https://medium.com/p/4f0c7b884b31
https://someone.medium.com/on-being-thirty-4f0c7b884b31?source=user_profile
https://dev.to/some_one/on-being-thirty-1efl
https://someone.substack.com/p/on-being-thirty
https://someone.substack.com/p/draft-hacking-in-request-body-during
https://someone.ghost.io/on-being-thirty/
https://someone.wordpress.com/2026/11/26/on-being-thirty/
https://someone.wordpress.com/page/2/
https://example.com/?p=123
https://example.com/?p=123&preview=false
https://example.com/posts/12?draft=0
https://someone.hashnode.dev/on-being-thirty
https://someone.blogspot.com/2026/11/on-being-thirty.html
https://ameblo.jp/some-one/entry-12345678901.html
https://someone.livedoor.blog/archives/12345678.html
https://someone.github.io/blog/
https://github.com/someone/blog/blob/main/drafts/on-being-thirty.md
https://github.com/someone/blog/edit/main/README.md
https://gist.github.com/someone/0a1b2c3d4e5f60718293a4b5c6d7e8f9
https://docs.google.com/document/d/e/2PACX-1vT0a1b2c3d4e5f/pub
https://docs.google.com/presentation/d/e/2PACX-1vT0a1b2c3d4e5f/pub?start=true
https://docs.google.com/forms/d/e/1FAIpQLSf0a1b2c3d4e5f/viewform
https://sites.google.com/view/some-one/home
https://someone.notion.site/On-being-thirty-0a1b2c3d4e5f60718293a4b5c6d7e8f9
https://www.notion.so/blog/topic/inspiration
https://www.notion.com/help/sharing-and-permissions
https://www.figma.com/community/file/1234567890123456789/portfolio
https://www.figma.com/@some_one
https://someone.my.canva.site/portfolio
https://hackmd.io/@some-one/H1a2b3c4d
https://hackmd.io/s/H1a2b3c4d
https://hackmd.io/features
https://coda.io/@some-one/on-being-thirty
https://scrapbox.io/some-project/%E7%B8%81
https://www.youtube.com/watch?v=dQw4w9WgXcQ
https://speakerdeck.com/some_one/on-being-thirty
https://www.wantedly.com/id/some_one
https://www.linkedin.com/in/some-one-0a1b2c3d/
https://en.wikipedia.org/wiki/Draft
https://en.wikipedia.org/wiki/Preview_(computing)
https://ja.wikipedia.org/wiki/%E4%B8%8B%E6%9B%B8%E3%81%8D
https://example.com/nba-draft-2026
https://example.com/draft-beer
https://example.com/editing/edits
https://example.com/edit/my-life
https://example.com/previewing
https://mydropbox.com/s/0a1b2c3d4e5f6g7/cv.pdf
https://notfigma.com/file/0a1B2c3D4e5F6g7H8i9J0k
https://example.com/docs.google.com/document/d/1
https://example.com/search?q=preview&sk=price
https://example.com/search?sort=draft
https://example.com/#preview
"""


@pytest.mark.parametrize("url", DRAFTS.split())
def test_a_link_to_a_draft_is_known(url: str) -> None:
    assert is_draft_link(url)
    assert is_draft_link(read_address(url).url)


@pytest.mark.parametrize("url", PUBLIC.split())
def test_a_public_page_is_no_draft(url: str) -> None:
    assert not is_draft_link(url)
    assert not is_draft_link(read_address(url).url)


@given(st.text())
def test_whatever_is_read_is_a_draft_or_none(text: str) -> None:
    for each in (text, f"https://example.com/{text}", f"https://{text}.docs.google.com/{text}"):
        try:
            url = read_address(each).url
        except BadAddress:
            continue
        assert is_draft_link(url) in {True, False}
