"use strict";
(() => {
  const players = [...document.querySelectorAll("[data-take]")].map(setUp);

  function setUp(root) {
    const audio = root.querySelector("audio");
    const words = [...root.querySelectorAll("[data-s]")];
    const buttons = [...root.querySelectorAll("button[data-from]")];
    if (!audio) return null;
    const starts = words.map((word) => Number(word.dataset.s));
    const heads = [...root.querySelectorAll(".chart")].map((chart) => [chart, chart.querySelector(".playhead")]);
    let lit = null, from = 0, until = null, pressed = null;

    function wordAt(time) {
      let low = 0, high = starts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (starts[middle] <= time + 0.01) low = middle + 1; else high = middle;
      }
      const word = words[low - 1];
      return word && time < Number(word.dataset.e) + 0.25 ? word : null;
    }

    function show() {
      const time = audio.currentTime;
      const word = wordAt(time);
      if (word !== lit) {
        if (lit) lit.classList.remove("now");
        if (word) word.classList.add("now");
        lit = word;
      }
      for (const [chart, head] of heads) {
        const { left, right, length } = chart.dataset;
        const share = Math.min(time / Number(length), 1);
        head.style.left = `${100 * (Number(left) + share * (Number(right) - Number(left)))}%`;
        head.hidden = false;
      }
    }

    function follow() {
      show();
      if (until !== null && audio.currentTime >= until) audio.pause();
      if (!audio.paused) requestAnimationFrame(follow);
    }

    function press(button) {
      if (pressed) pressed.setAttribute("aria-pressed", "false");
      if (button) button.setAttribute("aria-pressed", "true");
      pressed = button;
    }

    function play(start, end, button) {
      from = start;
      until = end;
      press(button);
      audio.currentTime = start;
      audio.play();
    }

    audio.addEventListener("play", () => {
      for (const other of players) if (other && other.audio !== audio) other.audio.pause();
      follow();
    });
    audio.addEventListener("timeupdate", () => {
      if (until !== null && audio.currentTime >= until) audio.pause();
      show();
    });
    audio.addEventListener("seeked", show);
    audio.addEventListener("seeking", () => {
      if (until !== null && (audio.currentTime < from - 0.5 || audio.currentTime > until)) until = null;
    });
    audio.addEventListener("pause", () => {
      until = null;
      press(null);
    });

    for (const button of buttons) {
      button.disabled = false;
      button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", () => {
        if (button === pressed && !audio.paused) audio.pause();
        else play(Number(button.dataset.from), Number(button.dataset.to), button);
      });
    }
    for (const [chart] of heads) {
      chart.addEventListener("click", (event) => {
        const box = chart.querySelector("svg").getBoundingClientRect();
        const { left, right, length } = chart.dataset;
        const share = ((event.clientX - box.left) / box.width - Number(left)) / (Number(right) - Number(left));
        if (share >= 0 && share <= 1) play(share * Number(length), null, null);
      });
    }
    root.addEventListener("click", (event) => {
      const word = event.target.closest("[data-s]");
      if (word && getSelection().isCollapsed) play(Number(word.dataset.s), null, null);
    });
    walkable(root, words, (word) => play(Number(word.dataset.s), null, null));
    return { audio };
  }

  // One tab stop for all words; the arrow keys go from word to word, and from sentence to sentence.
  function walkable(root, words, chosen) {
    let present = words[0];
    if (!present) return;
    const rowOf = (word) => word.closest(".row");

    function go(word) {
      if (!word) return;
      leave();
      present = word;
      stop();
      word.focus();
    }
    function stop() {
      present.tabIndex = 0;
      present.setAttribute("role", "button");
    }
    function leave() {
      present.tabIndex = -1;
      present.removeAttribute("role");
    }
    function row(by) {
      const rows = [...root.querySelectorAll(".row")].filter((one) => one.querySelector("[data-s]"));
      const next = rows[rows.indexOf(rowOf(present)) + by];
      return next && next.querySelector("[data-s]");
    }

    stop();
    root.addEventListener("keydown", (event) => {
      if (!event.target.matches("[data-s]")) return;
      const at = words.indexOf(present);
      const moves = {
        ArrowRight: () => go(words[at + 1]),
        ArrowLeft: () => go(words[at - 1]),
        ArrowDown: () => go(row(1)),
        ArrowUp: () => go(row(-1)),
        Home: () => go(words[0]),
        End: () => go(words[words.length - 1]),
        Enter: () => chosen(present),
        " ": () => chosen(present),
      };
      const move = moves[event.key];
      if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      move();
    });
    root.addEventListener("click", (event) => {
      const word = event.target.closest("[data-s]");
      if (word && word !== present) { leave(); present = word; stop(); }
    });
  }

  addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const player of players) if (player) player.audio.pause();
  });

  // Paper shows what is folded away, too.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
  });
})();
