"""Pages in another language than the book: the two summaries.

Such a page says its language, and what stands around its text is in it too: the words
of theme and templates, the names of its doors. Links to it, in the navigation and
below a page, say the language they lead to; search engines learn that it and the first
page are summaries of one book. The search finds Chinese words inside a sentence.
"""

import gettext
import re
from collections.abc import Callable
from pathlib import Path
from posixpath import join
from typing import Any

import sphinx
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish
from sphinx.util.typing import ExtensionMetadata

from ..contents import LANGUAGES

CATALOGUES = Path(sphinx.__file__).parent / "locale"
# A language by the name of Sphinx's catalogue, and as previews know it.
CATALOGUE = {"de": "de", "zh-Hans": "zh_CN"}
LOCALE = {"en": "en_GB", "de": "de_DE", "zh-Hans": "zh_CN"}
# What Sphinx's catalogues don't have: words of the theme and of our templates.
WORDS = {
    "de": {
        "Back to top": "Nach oben",
        "Skip to content": "Zum Inhalt springen",
        "On this page": "Auf dieser Seite",
        "Home": "Startseite",
        "Next": "Weiter",
        "Previous": "Zurück",
        "Search": "Suche",
        "Made with ": "Gemacht mit ",
        "Download this notebook": "Dieses Notebook herunterladen",
        "Chapter with data (zip)": "Kapitel mit Daten (zip)",
        "Data as files": "Daten als Dateien",
        "Open on Binder": "In Binder öffnen",
        "Source of this page": "Quelltext dieser Seite",
        "Cite this chapter": "Dieses Kapitel zitieren",
        "Credit the source of the facts as well:": "Auch die Quelle der Fakten nennen:",
        "What is known of it stands in the": "Was man von ihr weiß, steht in der",
        "bibliography": "Bibliographie",
        "Edition": "Ausgabe",
        "About this edition": "Zu dieser Ausgabe",
        "Accessibility": "Barrierefreiheit",
        "Contact": "Kontakt",
        "Toggle navigation of": "Ein- und ausblenden:",
        "Toggle site navigation sidebar": "Navigation ein- und ausblenden",
        "Toggle table of contents sidebar": "Inhalt der Seite ein- und ausblenden",
        "Toggle Light / Dark / Auto color theme": "Hell, dunkel, automatisch",
        "Light mode": "Hell",
        "Dark mode": "Dunkel",
        "Auto light/dark, in light mode": "Automatisch, jetzt hell",
        "Auto light/dark, in dark mode": "Automatisch, jetzt dunkel",
        "Menu": "Menü",
        "Expand": "Ausklappen",
        "Link to this heading": "Link zu dieser Überschrift",
        "Chapters": "Kapitel",
        "This page": "Diese Seite",
    },
    "zh-Hans": {
        "Back to top": "回到顶部",
        "Skip to content": "跳到正文",
        "On this page": "本页内容",
        "Home": "首页",
        "Next": "下一页",
        "Previous": "上一页",
        "Search": "搜索",
        "Made with ": "制作工具：",
        "Download this notebook": "下载本页笔记本",
        "Chapter with data (zip)": "本章及数据（zip）",
        "Data as files": "数据文件",
        "Open on Binder": "在Binder中打开",
        "Source of this page": "本页源文件",
        "Cite this chapter": "引用本章",
        "Credit the source of the facts as well:": "请同时注明事实的来源：",
        "What is known of it stands in the": "有关信息见",
        "bibliography": "参考文献",
        "Edition": "版本",
        "About this edition": "关于本版",
        "Accessibility": "无障碍",
        "Contact": "联系方式",
        "Toggle navigation of": "显示或隐藏：",
        "Toggle site navigation sidebar": "显示或隐藏导航",
        "Toggle table of contents sidebar": "显示或隐藏本页目录",
        "Toggle Light / Dark / Auto color theme": "浅色、深色或自动",
        "Light mode": "浅色",
        "Dark mode": "深色",
        "Auto light/dark, in light mode": "自动，当前为浅色",
        "Auto light/dark, in dark mode": "自动，当前为深色",
        "Menu": "菜单",
        "Expand": "展开",
        "Link to this heading": "本节链接",
        "Chapters": "章节",
        "This page": "本页",
    },
}
# What the theme has in English without asking for a translation.
FIXED = re.compile(
    r'(aria-label)="(Toggle navigation of|Toggle [^"]+)((?<=navigation of) [^"]+|)"'
)
# What a pointer shows, and the names of icons.
TITLE = re.compile(r'(\stitle="|<title>)([^"<]+)')
# What static/book.js says.
SAID = ("Chapters", "This page")
# Title of the book and copyright, which no page translates.
IN_THE_BOOKS = re.compile(
    r'(<(?:span class="sidebar-brand-text|div class="copyright)")'
)
HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
TARGET = re.compile(r'(<a class="[^"]*" href="(?:[^"]*/)?(\w[\w-]*)\.html")')
CURRENT = re.compile(r'(<a class="current[^"]*" href="#")')
LIST = re.compile(r'<(ul|p class="caption")')


class Searchable(SearchEnglish):
    """English words, and each pair of neighbours in a run of Chinese characters.

    Chinese has no blanks between words. The search finds parts of a word from three
    letters on, so pairs are all that it lacks.
    """

    lang = "en"

    def split(self, input: str) -> list[str]:
        words = super().split(input)
        pairs = [
            run[at : at + 2] for run in HAN.findall(input) for at in range(len(run) - 1)
        ]
        return words + [pair for pair in dict.fromkeys(pairs) if pair not in words]


def setup(app: Sphinx) -> ExtensionMetadata:
    app.add_search_language(Searchable)
    # After the theme has made the navigation.
    app.connect("html-page-context", speak, priority=950)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def speak(
    app: Sphinx,
    page: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give a page its language and its neighbours theirs."""
    own = LANGUAGES.get(page, app.config.language)
    context["furo_navigation_tree"] = _named(
        context.get("furo_navigation_tree", ""), own, app.config.language
    )
    for side in ("next", "prev"):
        _mark_neighbour(context.get(side), own, app.config.language)
    if doctree is not None:
        context["metatags"] = context.get("metatags", "") + _head(app, page, context)
    context["book_language"] = app.config.language
    context["spoken"] = str
    if page in LANGUAGES:
        translate = translator(own)
        context["language"] = own
        context["gettext"] = context["_"] = translate
        context["spoken"] = lambda html: _spoken(html, translate, app.config.language)
        context["said"] = {words: translate(words) for words in SAID}


def translator(language: str) -> Callable[[str], str]:
    """What turns words of theme and templates into a language."""
    catalogue = gettext.translation(
        "sphinx", str(CATALOGUES), [CATALOGUE[language]]
    ).gettext
    return lambda words: (
        WORDS[language].get(words.strip(" \n"), "")
        or WORDS[language].get(words, catalogue(words))
    )


def _spoken(html: str, translate: Callable[[str], str], language: str) -> str:
    """A frame in the page's language; what stays in the book's says so."""
    html = FIXED.sub(
        lambda label: f'{label[1]}="{translate(label[2])}{label[3]}"', html
    )
    html = TITLE.sub(lambda title: title[1] + translate(title[2]), html)
    return IN_THE_BOOKS.sub(rf'\1 lang="{language}"', html)


def _named(tree: str, own: str, language: str) -> str:
    """A navigation whose entries say their language, where it isn't the page's."""
    if own != language:
        tree = LIST.sub(rf'<\1 lang="{language}"', tree)
        tree = CURRENT.sub(rf'\1 lang="{own}"', tree)

    def mark(link: re.Match[str]) -> str:
        other = LANGUAGES.get(link[2])
        return f'{link[1]} lang="{other}" hreflang="{other}"' if other else link[1]

    return TARGET.sub(mark, tree)


def _mark_neighbour(neighbour: Any, own: str, language: str) -> None:
    """Say the language of the page before or after, where it isn't this page's."""
    if neighbour:
        name = Path(neighbour["link"]).stem
        other = LANGUAGES.get(name, language)
        if other != own:
            neighbour["title"] = f'<span lang="{other}">{neighbour["title"]}</span>'


def _head(app: Sphinx, page: str, context: dict[str, Any]) -> str:
    """The language for previews, and the pages that say the same in others."""
    own = LANGUAGES.get(page, app.config.language)
    tags = f'\n<meta property="og:locale" content="{LOCALE[own]}">\n'
    versions = {app.config.root_doc: app.config.language, **LANGUAGES}
    if page not in versions:
        return tags
    for name, language in versions.items():
        way = context["pathto"](name)
        if app.config.html_baseurl:
            way = join(app.config.html_baseurl, f"{name}.html")
        elif name == page:
            way = f"{name}.html"
        tags += f'<link rel="alternate" hreflang="{language}" href="{way}">\n'
    return tags
