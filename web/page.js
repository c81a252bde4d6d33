// What the pages of the site add to the theme; slides and embedded explorers have none of it.

// What a search shows of a page is taken from its text, not from the bar above it.
if (typeof Search !== "undefined") {
  const read = Search.htmlToText;
  Search.htmlToText = (text, anchor) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    page.querySelectorAll(".bd-header-article, #jb-print-docs-body, .explorer-host").forEach((part) => part.remove());
    return read(page.documentElement.outerHTML, anchor);
  };
}

// A heading that was chosen among a page's contents is not to stay behind them.
const contents = document.getElementById("pst-secondary-sidebar-modal");
contents?.addEventListener("click", ({ target }) => target.closest("a") && contents.close());
contents?.addEventListener("close", () => document.querySelector(".secondary-toggle").focus({ preventScroll: true }));
