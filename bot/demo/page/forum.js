// A forum: its posts with their tags, open ones first.

import { el, sentAt } from "./dom.js";
import { say } from "./words.js";

export function drawTags(tags) {
  return tags.length ? el("span.tags", {}, tags.map((tag) => el("span.chip", {}, tag))) : "";
}

export function drawPosts(posts, see) {
  const closed = posts.filter((post) => post.closed);
  return el("div.posts", {}, posts.filter((post) => !post.closed).map((post) => drawPost(post, see)),
    closed.length ? el("h4", {}, say("closed")) : "", closed.map((post) => drawPost(post, see)));
}

function drawPost(post, see) {
  return el(`button.post${post.unread ? ".unread" : ""}`, { type: "button", "data-key": post.id, onclick: () => see.go(post.id) },
    drawTags(post.tags), el("strong", {}, post.name),
    el("span.hint", {}, `${say("thread", post.count)} · ${sentAt(new Date(post.latest), see.now)}`));
}
